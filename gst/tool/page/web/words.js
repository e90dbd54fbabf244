// SPDX-License-Identifier: LGPL-2.1-or-later
// What the page says, in the reader's language.
const english = {
  search : 'Search',
  query : 'Text in your videos',
  fuzzy : 'misread, too',
  videos : 'Videos',
  noVideos : 'No video is in this archive.',
  texts : n => n === 1 ? '1 text' : `${n} texts`,
  hits : n => n === 1 ? '1 hit' : `${n} hits`,
  noHits : 'Nothing was found.',
  textsOf : 'Texts',
  timeLine : 'Time line',
  cannotPlay : 'This browser cannot play the file. Its texts are below.',
  stillsInstead : 'This browser cannot play the file: each text is shown as a '
                      +
                      'still picture.',
  broken : 'could not be read to its end',
  failed : 'could not be read',
  gone : 'There is no such video.',
  lost : 'The archive does not answer.',
};
const korean = {
  search : '검색',
  query : '영상 속 글자',
  fuzzy : '비슷한 글자도',
  videos : '영상',
  noVideos : '이 보관함에는 영상이 없습니다.',
  texts : n => `글자 ${n}개`,
  hits : n => `결과 ${n}개`,
  noHits : '찾지 못했습니다.',
  textsOf : '글자',
  timeLine : '시간선',
  cannotPlay :
      '이 브라우저에서는 재생할 수 없는 파일입니다. 글자는 아래에 있습니다.',
  stillsInstead :
      '이 브라우저에서는 재생할 수 없는 파일입니다. 글자마다 정지 화면을 보여 줍니다.',
  broken : '끝까지 읽지 못했습니다',
  failed : '읽지 못했습니다',
  gone : '그런 영상은 없습니다.',
  lost : '보관함이 응답하지 않습니다.',
};
const isKorean = navigator.languages.some(
  (language, i) => i === 0 && language.toLowerCase().startsWith('ko'));

export const language = isKorean ? 'ko' : 'en';
export const words = isKorean ? korean : english;
