# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lines of text as video shows them: captions, signs, slides, clocks.

Sentences are put together from words, so that two seeds share hardly any."""

KOREAN = {
    'when': '오늘 내일 어제 지금 이번 주말 올해 매일 방금 아침에 저녁에 한밤중에 '
            '드디어 갑자기 오랜만에 다음 달'.split(),
    'who': '우리는 그녀가 정부는 시민들이 학생들은 선생님이 아이가 회사는 기자가 '
           '소방관이 전문가는 감독이 선수들은 할머니가 친구와 경찰은'.split(),
    'what': '지하철을 도서관에서 새로운 계획을 교통 정보를 따뜻한 커피를 기준금리를 '
            '경제 성장률을 저녁 식사를 축구 경기를 날씨를 사진을 편지를 회의 결과를 '
            '비밀번호를 문제를 안전모를 영화를 기술을 데이터를 노래를 바다를 '
            '자동차를 열쇠를 전화번호를 행복을'.split(),
    'does': '기다립니다 확인했다 발표했습니다 공개합니다 찾고 있어요 설명한다 잊지 마세요 '
            '시작했다 준비합니다 좋아해요 바꾸었다 만들었다 보여 줍니다 '
            '기억하나요 사랑했다 열었습니다 끝냈어'.split(' '),
    'sign': ['출입 금지', '주차장 입구', '비상구', '안전제일', '미끄럼 주의',
             '공사 중 통행 제한', '속도를 줄이시오', '버스 정류장', '화장실 안내',
             '영업시간', '서울역 방향', '경부고속도로', '부산 해운대구', '어린이 보호구역',
             '관계자 외 출입 금지', '시청 광장', '전주 한옥마을', '제주 국제공항',
             '횡단보도', '우회전 주의', '매표소', '전기 위험', '소화기', '강남대로'],
    'talk': ['무슨 말을 하는 거야', '정말 고마워요', '아무도 믿지 마', '잠깐만 기다려',
             '어디로 가는 거예요', '그게 무슨 뜻이야', '나도 잘 모르겠어',
             '다시는 그러지 마', '괜찮아 울지 마', '빨리 도망쳐', '여기서 뭐 해',
             '그 사람을 본 적이 있나요', '늦어서 미안해', '전화 좀 받아 줘'],
    'title': ['오늘의 뉴스', '생방송 뉴스 특보', '분기별 매출 보고', '인공지능 영상 분석',
              '안전 교육 안내', '날씨와 생활', '연구 개발 현황', '스포츠 하이라이트',
              '과제와 전망', '지역 소식', '시장 동향', '교육 과정 소개', '건강 정보'],
}

ENGLISH = {
    'when': 'Today Tomorrow Yesterday Finally Suddenly Tonight Meanwhile '
            'Sometimes Recently Later Again'.split(),
    'who': ['the teacher', 'our company', 'the children', 'a reporter', 'my friend',
            'the government', 'every student', 'the captain', 'nobody', 'the doctor',
            'his brother', 'the players', 'an expert', 'the police', 'she', 'we'],
    'does': 'opened explained followed found changed watched built forgot measured '
            'reported needed carried painted described answered moved'.split(),
    'what': ['the old bridge', 'a new plan', 'the results', 'every window', 'the map',
             'a long letter', 'the main gate', 'quarterly figures', 'the weather',
             'a quiet street', 'the camera', 'the question', 'a blue jacket',
             'the engine', 'market prices', 'two tickets', 'the harbour', 'a story'],
    'sign': ['EXIT ONLY', 'NO PARKING', 'Emergency Exit', 'Central Station', 'Push to open',
             'Loading Dock', 'Do not enter', 'CAUTION Wet Floor', 'Highway North',
             'Speed Limit', 'Ticket Office', 'Platform', 'OPEN', 'Private Property',
             'Staff Only', 'Keep Right', 'First Aid', 'City Museum', 'Market Street'],
    'talk': ['Where are you going', 'I never said that', 'We need to talk', 'Please wait for me',
             'What happened here', 'You should have told me', 'It was a dark night',
             'Do you remember this place', 'Thank you for watching', 'Nothing to worry about',
             'Give me the keys', 'Who is calling so late', 'Look behind you'],
    'title': ['Breaking News', 'Quarterly Results', 'System Architecture', 'Course Outline',
              'Safety Instructions', 'Weather Forecast', 'Project Schedule', 'Market Report',
              'Research Methods', 'Travel Guide', 'Summary', 'Introduction'],
}


def sentence(random, korean):
    """Three to six words."""
    words = KOREAN if korean else ENGLISH
    if korean:
        parts = [random.choice(words['when'])] if random.random() < .4 else []
        return ' '.join(parts + [random.choice(words[k]) for k in ('who', 'what', 'does')])
    text = ' '.join(random.choice(words[k]) for k in ('who', 'does', 'what'))
    if random.random() < .4:
        return random.choice(words['when']) + ' ' + text
    return text[0].upper() + text[1:]


def number(random):
    return random.choice([
        lambda: f'{random.randint(1, 12):02d}:{random.randint(0, 59):02d}',
        lambda: f'{random.randint(0, 23):02d}:{random.randint(0, 59):02d}:{random.randint(0, 59):02d}',
        lambda: f'20{random.randint(19, 26)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}',
        lambda: f'{random.randint(2, 99)}%',
        lambda: f'{random.randint(10, 9999)}'])()


def line(random, korean, role):
    """role: caption, sign, title, item or clock."""
    words = KOREAN if korean else ENGLISH
    if role == 'clock':
        return number(random)
    if role == 'sign':
        text = random.choice(words['sign'])
        if random.random() < .3:
            text += ' ' + (f'{random.randint(1, 900)}번' if korean else str(random.randint(1, 900)))
        return text
    if role == 'title':
        return random.choice(words['title'])
    if role == 'caption' and random.random() < .4:
        return random.choice(words['talk'])
    text = sentence(random, korean)
    if role == 'item' and random.random() < .25:
        text += ' ' + number(random)
    if korean and random.random() < .12:
        text = random.choice(['AI', 'KBS', 'LIVE', 'Tech', 'WiFi', 'Galaxy']) + ' ' + text
    return text
