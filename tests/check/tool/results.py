# SPDX-License-Identifier: LGPL-2.1-or-later
"""Results files, as `kakaoocr index --results` leaves them."""
import json


def write(path, video, texts, duration=60, size=(640, 360),
          box=((1, 2), (3, 2), (3, 4), (1, 4)), places=None):
    """texts: (text, start, end) in seconds; places: {text: [(s, box)]} of those
    that move."""
    lines = [{'type': 'video', 'path': video, 'size': 1, 'mtime': 1,
              'sha256': video, 'duration': duration * 10 ** 9,
              'width': size[0], 'height': size[1], 'orientation': None,
              'state': 'indexed', 'error': None, 'indexed': 1,
              'tracks': len(texts)}]
    for i, (text, start, end) in enumerate(texts):
        moves = [[int(at * 10 ** 9), there]
                 for at, there in (places or {}).get(text, [])]
        lines.append({'type': 'track', 'track': i + 1, 'text': text,
                      'start': int(start * 10 ** 9),
                      'end': int(end * 10 ** 9), 'samples': 2,
                      'agreement': 1.0, 'moving': bool(moves), 'box': box,
                      'places': moves or None,
                      'crop': None})
    with open(path, 'w', encoding='utf-8') as out:
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + '\n')
