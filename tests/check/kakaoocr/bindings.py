# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library as Python sees it."""
import sys

try:
    import gi
    gi.require_version('Gst', '1.0')
    gi.require_version('GstVideo', '1.0')
    gi.require_version('GstKakaoOcr', '1.0')
    from gi.repository import GLib, Gst, GstKakaoOcr, GstVideo
except (ImportError, ValueError) as reason:
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)

LINE = ('{"type":"result","source":null,"producer":null,"pts":5,'
        '"stream_time":null,'
        '"running_time":null,"utc":null,"frame":{"width":320,"height":240},'
        '"text":"한글","truncated":false,"latency":7,"regions":[{"text":"한글",'
        '"words":["한","글"],"box":[[1,2],[3.5,2],[3.5,4],[1,4]],"page":1,'
        '"track":9}]}')
BOX = [1.0, 2.0, 3.5, 2.0, 3.5, 4.0, 1.0, 4.0]


def result():
    return GstKakaoOcr.KakaoOcrResult.from_json(LINE)


def a_line_becomes_a_result_and_a_line_again():
    assert result().to_json() == LINE


def a_region_has_plain_fields():
    region = result().get_region(0)
    assert region.text == '한글'
    assert region.words == ['한', '글']
    assert list(region.box) == BOX
    assert (region.page, region.track) == (1, 9)


def a_meta_is_found_on_its_buffer():
    buffer = Gst.Buffer.new()
    assert GstKakaoOcr.buffer_get_kakao_ocr_meta(buffer) is None
    GstKakaoOcr.buffer_add_kakao_ocr_meta(buffer, result())
    meta = GstKakaoOcr.buffer_get_kakao_ocr_meta(buffer)
    assert meta.result.get_lines() == ['한글']
    seen, box = meta.get_box(0)
    assert seen and list(box) == BOX
    assert tuple(meta.get_frame_size()) == (320, 240)
    assert meta.get_track(0) == 9
    assert meta.dup_result().to_json() == LINE


def a_line_tells_its_regions():
    assert result().get_n_lines() == 1
    assert list(result().get_line_regions(0)) == [0]


def a_text_is_followed():
    tracker = GstKakaoOcr.KakaoOcrTextTracker.new()
    for second in range(3):
        tracked = tracker.push(result(), second * Gst.SECOND)
        assert tracked.get_region(0).track == 9
    assert tracker.get_n_open() == 1
    track = tracker.get_open(0)
    assert (track.id, track.text, track.n_samples) == (9, '한글', 3)
    assert track.state == GstKakaoOcr.KakaoOcrTextTrackState.OPEN
    assert tracker.pop() is None
    tracker.finish(3 * Gst.SECOND)
    track = tracker.pop()
    assert (track.start, track.end) == (0, 3 * Gst.SECOND)
    assert list(track.box) == BOX


def what_is_no_result_is_an_error():
    try:
        GstKakaoOcr.KakaoOcrResult.from_json('{}')
    except GLib.Error as error:
        assert error.domain == 'gst-kakao-ocr-json-error-quark'
    else:
        raise AssertionError('{} became a result')


def refuses(function, *arguments):
    try:
        function(*arguments)
    except (GLib.Error, ValueError, RuntimeError):
        return
    raise AssertionError(f'{function} took {arguments}')


def boxes_and_tracks_of_other_lengths_are_refused():
    buffer = Gst.Buffer.new()
    meta = GstKakaoOcr.buffer_add_kakao_ocr_meta(buffer, result())
    for boxes in ([], [5.0], BOX[:7], BOX + [1.0], BOX + BOX):
        refuses(meta.set_boxes, boxes, None)
    for lost in ([True, False], [False, False, False]):
        refuses(meta.set_boxes, BOX, lost)
    for tracks in ([], [1, 2]):
        refuses(meta.set_tracks, tracks)
    assert list(meta.get_box(0)[1]) == BOX and meta.get_track(0) == 9


def boxes_and_tracks_are_set_on_a_buffer():
    buffer = Gst.Buffer.new()
    meta = GstKakaoOcr.buffer_add_kakao_ocr_meta(buffer, result())
    moved = [number + 1 for number in BOX]
    assert meta.set_boxes(moved, None)
    seen, box = meta.get_box(0)
    assert seen and list(box) == moved
    assert meta.set_boxes(BOX, [True])
    seen, box = meta.get_box(0)
    assert not seen and list(box) == BOX
    assert meta.set_tracks([12])
    assert meta.get_track(0) == 12


def a_region_is_made_of_eight_numbers():
    region = GstKakaoOcr.KakaoOcrRegion.new('글', ['글'], BOX, 2, 3)
    assert (region.text, region.words) == ('글', ['글'])
    assert list(region.box) == BOX
    assert (region.page, region.track) == (2, 3)
    for box in ([], BOX[:7], BOX + [1.0]):
        refuses(GstKakaoOcr.KakaoOcrRegion.new, 'a', None, box, 1, 1)


def a_region_becomes_a_structure():
    structure = result().get_region(0).to_structure()
    assert structure.get_name() == 'region'
    assert structure.get_string('text') == '한글'
    assert structure.get_uint('page').value == 1
    assert structure.get_uint64('track').value == 9


def a_result_is_copied_with_other_regions():
    first = result()
    region = GstKakaoOcr.KakaoOcrRegion.new('글', None, BOX, 2, 3)
    other = first.copy_with([region, first.get_region(0)])
    assert [other.get_region(i).text for i in range(2)] == ['글', '한글']
    assert (other.get_pts(), other.get_latency()) == (5, 7)
    assert first.copy_with([]).get_n_regions() == 0
    assert first.copy().to_json() == LINE


def a_result_is_turned_as_video_is():
    turned = GstVideo.VideoOrientationMethod
    first = result()
    assert first.get_orientation() == turned.IDENTITY
    first.set_orientation(getattr(turned, '90R'))
    assert first.get_orientation() == getattr(turned, '90R')


TESTS = [
    a_line_becomes_a_result_and_a_line_again,
    a_region_has_plain_fields,
    a_meta_is_found_on_its_buffer,
    a_line_tells_its_regions,
    a_text_is_followed,
    what_is_no_result_is_an_error,
    boxes_and_tracks_of_other_lengths_are_refused,
    boxes_and_tracks_are_set_on_a_buffer,
    a_region_is_made_of_eight_numbers,
    a_region_becomes_a_structure,
    a_result_is_copied_with_other_regions,
    a_result_is_turned_as_video_is,
]

Gst.init(None)
print(f'1..{len(TESTS)}')
failed = 0
for number, test in enumerate(TESTS, 1):
    try:
        test()
        print(f'ok {number} {test.__name__}')
    except Exception as error:  # pylint: disable=broad-except
        failed += 1
        print(f'# {error!r}')
        print(f'not ok {number} {test.__name__}')
sys.exit(failed > 0)
