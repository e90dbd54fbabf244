// SPDX-License-Identifier: LGPL-2.1-or-later
// A video with the boxes of its texts over it, as long as the browser can play
// it; else a still of it for each text.
import {element, shape} from './element.js';
import {language, words} from './words.js';

const SECOND = 1e9;
// A little into the text, so that the picture is one that has it.
const INTO_TEXT = 0.05;

// Where a text is at a time: one that moves, on the straight way between the
// places where it was seen.
function boxAt(track, ns) {
  const places = track.places;
  if (!places)
    // Where one that moves was last says nothing of where it is.
    return track.moving ? null : track.box;
  const next = places.findIndex(([time]) => time > ns);
  if (next === 0)
    return places[0][1];
  if (next < 0)
    return places.at(-1)[1];
  const [[from, before], [to, after]] = places.slice(next - 1, next + 1);
  const part = (ns - from) / (to - from);
  return before.map(([x, y], i) =>
    [x + part * (after[i][0] - x), y + part * (after[i][1] - y)]);
}

// The tracks that stand at a time.  Of a hundred thousand they are not looked
// for with every picture, but when one comes or goes.
function makeStanding(tracks) {
  // One that was seen once stands for a moment.
  const timed = tracks.filter(track => track.start !== null && track.end !== null)
    .map(track => ({...track, end: Math.max(track.end, track.start + 1)}));
  let standing = [], since = 0, until = 0;
  return ns => {
    if (since <= ns && ns < until)
      return standing;
    since = ns;
    until = Infinity;
    standing = timed.filter(track => {
      if (track.start > ns)
        until = Math.min(until, track.start);
      const stands = track.start <= ns && ns < track.end;
      if (stands)
        until = Math.min(until, track.end);
      return stands;
    });
    return standing;
  };
}

function makeBoxes(video, tell) {
  const boxes = shape('svg', {viewBox: `0 0 ${video.width || 16} ${video.height || 9}`,
                              'aria-hidden': 'true'});
  const standing = makeStanding(video.tracks);
  let drawn = '';
  const draw = ns => {
    const tracks = standing(ns);
    const now = tracks.map(track => [track, boxAt(track, ns)])
      .filter(([, box]) => box)
      .map(([track, box]) => [track.text, box.map(point => point.join(',')).join(' ')]);
    const key = JSON.stringify(now);
    if (key !== drawn)
      boxes.replaceChildren(...now.map(([text, points]) =>
        shape('polygon', {points}, shape('title', {}, text))));
    drawn = key;
    tell(ns, tracks);
  };
  return {boxes, draw};
}

// With every picture while it plays.
function follow(player, draw) {
  const now = () => draw(player.currentTime * SECOND);
  const step = () => {
    now();
    if (player.isConnected && !player.paused && !player.ended)
      requestAnimationFrame(step);
  };
  for (const event of ['timeupdate', 'seeked', 'loadeddata'])
    player.addEventListener(event, now);
  player.addEventListener('play', step);
}

// What it shows first is at the time of `start`, ns, or at its beginning.
// `tell` is told the time and the tracks that stand, whenever it shows another
// picture. Returns the element, and what leads it to a track.
export function makeStage(video, start, tell) {
  const {boxes, draw} = makeBoxes(video, tell);
  const player = element('video', {controls: true, preload: 'metadata',
                                   src: `media/${video.id}`, playsinline: true,
                                   'aria-label': video.name},
    element('track', {kind: 'captions', srclang: language, label: words.textsOf,
                      src: `api/videos/${video.id}/text.vtt`}));
  const picture = element('div', {class: 'stage'}, player, boxes);
  picture.style.setProperty('--shape', (video.width || 16) / (video.height || 9));
  const stage = element('div', {}, picture);
  let seek = ns => { player.currentTime = ns / SECOND + INTO_TEXT; };
  follow(player, draw);

  const giveUp = () => {
    const stills = makeStills(video, picture, boxes, draw);
    stage.replaceChildren(element('p', {class: 'problem', role: 'note'},
                                  stills ? words.stillsInstead : words.cannotPlay),
                          ...stills ? [picture] : []);
    if (!stills)
      return;
    seek = stills;
    seek(start ?? 0);
  };
  player.addEventListener('error', giveUp, {once: true});
  player.addEventListener('loadedmetadata', () => {
    // Its sound can be played, and its picture cannot.
    if (!player.videoWidth)
      giveUp();
    else if (start !== null)
      seek(start);
  }, {once: true});
  return {
    stage,
    show: ns => {
      seek(ns);
      stage.scrollIntoView({block: 'nearest'});
    }
  };
}

// In the place of the player a still of the text that begins last until a time.
// Null: there is no text to have one of.
function makeStills(video, picture, boxes, draw) {
  const timed = video.tracks.filter(track => track.start !== null);
  if (!timed.length)
    return null;
  const still = element('img', {class: 'still'});
  picture.replaceChildren(still, boxes);
  picture.hidden = true;
  still.addEventListener('load', () => { picture.hidden = false; });
  // Not even a still can be had of it.
  still.addEventListener('error', () => { picture.hidden = true; });
  return ns => {
    const track = timed.filter(({start}) => start <= ns).at(-1) ?? timed[0];
    still.src = `frames/${track.id}`;
    still.alt = track.text;
    draw(Math.min(track.start + INTO_TEXT * SECOND,
                  ((track.end ?? track.start) + track.start) / 2));
  };
}
