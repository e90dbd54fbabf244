// SPDX-License-Identifier: LGPL-2.1-or-later
// The archive's page: videos, hits, and one video with its texts.  All that
// comes from the archive is set as text, never as markup.
import {element} from './element.js';
import {makeStage} from './stage.js';
import {language, words} from './words.js';

const SECOND = 1e9;
const main = document.getElementById('main');
const status = document.getElementById('status');
const query = document.getElementById('query');
const fuzzy = document.getElementById('fuzzy');

// As a player tells it: 0:07, 1:02:03.
function time(ns) {
  if (ns === null)
    return '?';
  const seconds = Math.floor(ns / SECOND);
  const minutes = Math.floor(seconds / 60);
  const two = number => String(number).padStart(2, '0');
  const start = minutes < 60 ? minutes :
    `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
  return `${start}:${two(seconds % 60)}`;
}

function videoAddress(id, ns) {
  return `#/video/${id}` + (ns === null ? '' : `?t=${ns / SECOND}`);
}

async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok)
    throw new Error(String(answer.status));
  return answer.json();
}

// Steps of the page come in any order: only the newest is shown.
let step = 0;

// What has not come yet of what was shown is not waited for.
function show(...children) {
  for (const image of main.querySelectorAll('img'))
    if (!image.complete)
      image.src = '';
  main.replaceChildren(...children);
}

function crop(track) {
  return track.crop ? element('img', {src: `crops/${track.id}`, alt: '',
                                      loading: 'lazy'}) :
    element('span', {class: 'no-crop'}, track.text);
}

// A picture of the video; where none can be made, its ground.
function cover(video) {
  const ground = element('span', {class: 'cover'});
  if (video.cover) {
    const image = element('img', {src: `frames/${video.cover}`, alt: '',
                                  loading: 'lazy'});
    image.addEventListener('error', () => image.remove());
    ground.append(image);
  }
  return ground;
}

function showVideos(videos) {
  document.title = 'kakaoocr';
  status.textContent = '';
  const list = element('ul', {class: 'videos'});
  for (const video of videos) {
    const state = video.state === 'indexed' ? '' : words[video.state];
    list.append(element('li', {}, element('a', {href: videoAddress(video.id, null)},
      cover(video),
      element('strong', {}, video.name),
      element('span', {class: 'about'},
              `${time(video.duration)} · ${words.texts(video.tracks)}`),
      state ? element('span', {class: 'problem'}, state) : '')));
  }
  show(element('h1', {}, words.videos),
       videos.length ? list : element('p', {}, words.noVideos));
}

// Its parts, those that were looked for as such.
function mark(text) {
  const parts = query.value.trim().split(/\s+/).filter(part => part).map(
    part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.length ?
    text.split(new RegExp(`(${parts.join('|')})`, 'i')).map(
      (part, i) => i % 2 ? element('mark', {}, part) : part) : [text];
}

function showHits(hits) {
  document.title = `${query.value} – kakaoocr`;
  status.textContent = hits.length ? words.hits(hits.length) : words.noHits;
  const list = element('ul', {class: 'hits'});
  for (const hit of hits)
    list.append(element('li', {}, element('a',
      {href: videoAddress(hit.video, hit.start)}, crop(hit),
      element('strong', {}, ...mark(hit.text)),
      element('span', {class: 'about'}, `${hit.name} · ${time(hit.start)}`))));
  show(element('h1', {class: 'unseen'}, query.value), list);
}

// One video.

// Marks that are narrower than this part of it cannot be told apart.
const NARROW = 1 / 1000;

// Texts at one time lie one below the other, in so many lanes.
const LANES = 5;

// The lane that is free at `start`; of those that are not, the next to be.
function findLane(lanes, start) {
  const free = lanes.find(lane => lane.end <= start);
  if (free)
    return free;
  if (lanes.length < LANES) {
    lanes.push({row: element('div', {class: 'lane'}), end: 0, marked: -1});
    return lanes.at(-1);
  }
  return lanes.reduce((next, lane) => lane.end < next.end ? lane : next);
}

function makeMark(track, left, width, show) {
  const mark = element('button', {type: 'button', tabindex: -1,
                                  'aria-label': track.text, title: track.text});
  mark.style.left = `${100 * left}%`;
  mark.style.width = `${100 * width}%`;
  mark.addEventListener('click', () => show(track.start));
  return mark;
}

function makeTimeLine(video, show) {
  const duration = video.duration
    || video.tracks.reduce((latest, track) => Math.max(latest, track.end || 0), 1);
  const lanes = [];
  for (const track of video.tracks) {
    if (track.start === null || track.end === null)
      continue;
    const lane = findLane(lanes, track.start);
    const left = track.start / duration;
    const width = (track.end - track.start) / duration;
    lane.end = Math.max(lane.end, track.end);
    if (width < NARROW && left < lane.marked + NARROW)
      continue;
    lane.marked = left;
    lane.row.append(makeMark(track, left, width, show));
  }
  const now = element('div', {class: 'now'});
  return {
    line: element('div', {class: 'time-line', role: 'group',
                          'aria-label': words.timeLine},
                  ...lanes.map(lane => lane.row), now),
    goTo: ns => { now.style.left = `${100 * ns / duration}%`; },
  };
}

function makeTexts(video, show) {
  const list = element('ul', {class: 'texts'});
  const buttons = new Map();
  for (const track of video.tracks) {
    const button = element('button', {type: 'button',
                                      disabled: track.start === null},
      element('span', {class: 'about'}, time(track.start)), crop(track),
      element('strong', {}, track.text));
    button.addEventListener('click', () => show(track.start));
    list.append(element('li', {}, button));
    buttons.set(track.id, button);
  }
  let standing = [];
  return {
    list,
    mark: tracks => {
      if (tracks === standing)
        return;
      standing.forEach(({id}) => buttons.get(id).removeAttribute('aria-current'));
      tracks.forEach(({id}) => buttons.get(id).setAttribute('aria-current', true));
      standing = tracks;
    },
  };
}

function showVideo(video, ns) {
  status.textContent = '';
  const {stage, show: lead} = makeStage(video, ns, (at, tracks) => {
    goTo(at);
    mark(tracks);
  });
  const {line, goTo} = makeTimeLine(video, lead);
  const {list, mark} = makeTexts(video, lead);
  show(element('h1', {}, video.name), stage, line,
       element('h2', {}, words.textsOf), list);
  document.title = `${video.name} – kakaoocr`;
  // Whoever has no pointer goes on from here.
  main.focus({preventScroll: true});
}

// Where the address leads.

function readAddress() {
  const [path, rest] = location.hash.slice(1).split('?');
  return {parts: path.split('/').filter(part => part),
          options: new URLSearchParams(rest)};
}

async function load({parts, options}) {
  if (parts[0] === 'video') {
    const t = Number(options.get('t'));
    const video = await get(`api/videos/${encodeURIComponent(parts[1])}`);
    return () => showVideo(video, options.has('t') && t >= 0 ? t * SECOND : null);
  }
  if (options.get('q')) {
    const found = await get('api/search?' + new URLSearchParams(
      {q: options.get('q'), fuzzy: options.get('fuzzy') ? 1 : 0}));
    return () => showHits(found.hits);
  }
  const archive = await get('api/videos');
  return () => showVideos(archive.videos);
}

async function go() {
  const mine = ++step;
  const address = readAddress();
  if (address.parts[0] !== 'video') {
    query.value = address.options.get('q') || '';
    fuzzy.checked = Boolean(address.options.get('fuzzy'));
  }
  let present;
  try {
    present = await load(address);
  } catch (error) {
    present = () => {
      show();
      status.textContent = error.message === '404' ? words.gone : words.lost;
    };
  }
  if (mine === step)
    present();
}

document.documentElement.lang = language;
query.placeholder = words.query;
query.setAttribute('aria-label', words.query);
document.getElementById('fuzzy-label').textContent = words.fuzzy;
document.getElementById('go').textContent = words.search;
document.getElementById('search').addEventListener('submit', event => {
  event.preventDefault();
  const options = new URLSearchParams({q: query.value.trim()});
  if (fuzzy.checked)
    options.set('fuzzy', 1);
  location.hash = `#/?${options}`;
});
document.addEventListener('keydown', event => {
  const typing = event.target.closest('input, textarea');
  if (event.key === '/' && !typing) {
    event.preventDefault();
    query.focus();
  }
});
window.addEventListener('hashchange', go);
go();
