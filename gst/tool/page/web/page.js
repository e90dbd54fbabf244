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

function time(ns) {
  if (ns === null)
    return '?';
  const seconds = ns / SECOND;
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const text = parts.map(part => String(part).padStart(2, '0')).join(':');
  return `${text}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;
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

function show(...children) {
  main.replaceChildren(...children);
}

function crop(track) {
  return track.crop ? element('img', {src: `crops/${track.id}`, alt: '',
                                      loading: 'lazy'}) :
    element('span', {class: 'no-crop'}, track.text);
}

function showVideos(videos) {
  document.title = 'kakaoocr';
  status.textContent = '';
  const list = element('ul', {class: 'videos'});
  for (const video of videos) {
    const state = video.state === 'indexed' ? '' : words[video.state];
    list.append(element('li', {}, element('a', {href: videoAddress(video.id, null)},
      element('strong', {}, video.name),
      element('span', {}, `${time(video.duration)} · ${words.texts(video.tracks)}`),
      state ? element('span', {class: 'problem'}, state) : '')));
  }
  show(element('h1', {}, words.videos),
       videos.length ? list : element('p', {}, words.noVideos));
}

function showHits(hits) {
  document.title = `${query.value} – kakaoocr`;
  status.textContent = hits.length ? words.hits(hits.length) : words.noHits;
  const list = element('ul', {class: 'hits'});
  for (const hit of hits)
    list.append(element('li', {}, element('a',
      {href: videoAddress(hit.video, hit.start)}, crop(hit),
      element('strong', {}, hit.text),
      element('span', {}, `${hit.name} · ${time(hit.start)}`))));
  show(list);
}

// One video.

// Marks that are narrower than this part of it cannot be told apart.
const NARROW = 1 / 1000;

function makeTimeLine (video, show)
{
  const line = element('div', {class: 'time-line', role: 'group',
                               'aria-label': words.timeLine});
  const duration = video.duration
                   || video.tracks.reduce(
                       (latest, track) => Math.max(latest, track.end || 0), 1);
  let marked = -1;
  for (const track of video.tracks) {
    if (track.start === null || track.end === null)
      continue;
    const left = track.start / duration;
    const width = (track.end - track.start) / duration;
    if (width < NARROW && left < marked + NARROW)
      continue;
    marked = left;
    const mark = element('button', {type: 'button', tabindex: -1,
                                    'aria-label': track.text,
                                    title: track.text});
    mark.style.left = `${100 * left}%`;
    mark.style.width = `${100 * width}%`;
    mark.addEventListener('click', () => show (track.start));
    line.append(mark);
  }
  return line;
}

function makeTexts (video, show)
{
  const list = element('ul', {class: 'texts'});
  for (const track of video.tracks) {
    const button = element ('button',
        { type : 'button', disabled : track.start === null }, crop (track),
        element ('span', { class : 'when' }, time (track.start)),
        element ('strong', {}, track.text));
    button.addEventListener('click', () => show (track.start));
    list.append(element('li', {}, button));
  }
  return list;
}

function showVideo(video, ns) {
  status.textContent = '';
  const { stage, show : lead } = makeStage (video, ns);
  show (element ('h1', {}, video.name), stage, makeTimeLine (video, lead),
      element ('h2', {}, words.textsOf), makeTexts (video, lead));
  document.title = `${video.name} – kakaoocr`;
  // Whoever has no pointer goes on from here.
  main.focus({ preventScroll : true });
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
