#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The client of the vendor's guide against kakaoocr-server.

The guide loads a picture with OpenCV, shrinks it to 4096 pixels on its longest
side, posts it as PNG with requests and cuts each region out of the original by
three of its corners. The same is done here and what is cut out is compared with
what was drawn. Speaks TAP.
"""
import os
import shutil
import subprocess
import sys
import tempfile

try:
    import cv2
    import numpy as np
    import requests
    from PIL import Image, ImageDraw, ImageFont
except ImportError as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

KEY = "guide-key"
MAX_PIXELS = 4096
WHITE = 255


def load(path):
    return cv2.imread(path)


def shrink(image):
    """At most MAX_PIXELS on a side, never larger than it was; and the ratio."""
    longest = max(image.shape[:2])
    if longest <= MAX_PIXELS:
        return image, 1
    ratio = MAX_PIXELS / longest
    return cv2.resize(image, None, fx=ratio, fy=ratio), ratio


def recognise(image, url, key):
    png = cv2.imencode(".png", image)[1].tobytes()
    answer = requests.post(url=url, headers={"x-api-key": key},
                           files={"image": png}, timeout=60)
    return answer.json()


def cut(image, box, ratio):
    left, top = int(box[0][0] / ratio), int(box[0][1] / ratio)
    right, bottom = int(box[1][0] / ratio), int(box[3][1] / ratio)
    return image[top:bottom, left:right]


def hangul_font(size):
    listed = subprocess.run(["fc-match", "-f", "%{file}", ":lang=ko"],
                            capture_output=True, text=True, check=False)
    found = subprocess.run(["fc-list", ":lang=ko", "file"],
                           capture_output=True, text=True, check=False)
    if not found.stdout.strip():
        return None
    return ImageFont.truetype(listed.stdout.strip(), size)


def draw(words, size, scale, font=None):
    """A picture with each word black at its place; and the words' boxes."""
    image = Image.new("RGB", size, (WHITE, WHITE, WHITE))
    pen = ImageDraw.Draw(image)
    if font is None:
        font = ImageFont.truetype("DejaVuSans.ttf", 40 * scale)
    boxes = {}
    for text, x, y in words:
        pen.text((x * scale, y * scale), text, fill=(0, 0, 0), font=font)
        boxes[text] = pen.textbbox((x * scale, y * scale), text, font=font)
    return cv2.cvtColor(np.array(image), cv2.COLOR_RGB2BGR), boxes


WORDS = [("Camera", 100, 80), ("Window", 520, 80), ("Station", 100, 360)]


class Checks:
    def __init__(self, url, directory):
        self.url = url
        self.directory = directory
        self.png = self.save(draw(WORDS, (1280, 720), 1)[0], "frame.png")

    def save(self, image, name):
        path = os.path.join(self.directory, name)
        cv2.imwrite(path, image)
        return path

    def run_guide(self, image, boxes, tolerance):
        original = load(self.save(image, "original.png"))
        shrunk, ratio = shrink(original)
        answer = recognise(shrunk, self.url, KEY)
        assert list(answer) == ["responses"], answer
        found = {}
        for response in answer["responses"]:
            assert response["page"] == 1, response
            for result in response["results"]:
                assert all(isinstance(n, int)
                           for point in result["box"] for n in point), result
                found["".join(result["recognized_word"])] = result["box"]
        assert sorted(found) == sorted(boxes), found
        for text, box in found.items():
            crop = cut(original, box, ratio)
            assert crop.min() < 64, f"nothing of {text} in its crop"
            left, top, right, bottom = boxes[text]
            drawn = [(left, top), (right, top), (right, bottom), (left, bottom)]
            for (x, y), (want_x, want_y) in zip(box, drawn):
                assert abs(x / ratio - want_x) <= tolerance, (text, box, drawn)
                assert abs(y / ratio - want_y) <= tolerance, (text, box, drawn)
        return ratio

    def guide_client_reads_a_frame(self):
        assert self.run_guide(*draw(WORDS, (1280, 720), 1), 12) == 1

    def guide_client_reads_a_frame_that_it_shrinks(self):
        assert self.run_guide(*draw(WORDS, (5120, 2880), 4), 48) == 0.8

    def guide_client_reads_hangul(self):
        font = hangul_font(48)
        if font is None:
            return "no font for Hangul is installed"
        words = [("초미세먼지", 100, 80), ("환경부", 520, 300)]
        self.run_guide(*draw(words, (1280, 720), 1, font), 14)
        return None

    def post(self, **arguments):
        answer = requests.post(self.url, headers={"x-api-key": KEY},
                               timeout=60, **arguments)
        return answer.status_code

    def requests_sends_a_file_in_every_way(self):
        with open(self.png, "rb") as stream:
            assert self.post(files={"image": stream}) == 200
        with open(self.png, "rb") as stream:
            data = stream.read()
        assert self.post(files={"image": data}) == 200
        assert self.post(files={"image": (None, data)}) == 200
        assert self.post(files={"image": ("한글.png", data)}) == 200
        assert self.post(files={"image": ("a", data, "image/png")}) == 200
        assert self.post(files={"image": data}, data={"lang": "ko"}) == 200
        assert self.post(files={"picture": data}) == 400
        assert self.post(data={"image": data}) == 415
        assert self.post(json={"image": "a"}) == 415
        assert self.post() == 415

    def too_large_uploads_are_told_so(self):
        for size in (8_000_001, 20_000_000):
            assert self.post(files={"image": bytes(size)}) == 413

    def the_guides_curl_line_works(self):
        curl = shutil.which("curl")
        if curl is None:
            return "curl is not installed"
        big = self.save(np.random.default_rng(1).integers(
            0, 255, (900, 900, 3), np.uint8), "big.png")
        # curl asks whether it may send from one megabyte on.
        assert os.path.getsize(big) > 1_048_576
        for path in (self.png, big):
            done = subprocess.run(
                [curl, "--silent", "--location", "--request", "POST", self.url,
                 "--header", f"x-api-key: {KEY}",
                 "--header", "Content-Type: multipart/form-data",
                 "--form", f'image=@"{path}"', "--output", os.devnull,
                 "--write-out", "%{http_code}"],
                capture_output=True, text=True, check=True)
            assert done.stdout == "200", done.stdout
        return None


CHECKS = [
    Checks.guide_client_reads_a_frame,
    Checks.guide_client_reads_a_frame_that_it_shrinks,
    Checks.guide_client_reads_hangul,
    Checks.requests_sends_a_file_in_every_way,
    Checks.too_large_uploads_are_told_so,
    Checks.the_guides_curl_line_works,
]


def report(number, check, checks):
    name = check.__name__
    try:
        reason = check(checks)
    except Exception as error:  # each check counts by itself
        print(f"not ok {number} {name}")
        print(f"# {type(error).__name__}: {error}".replace("\n", "\n# "))
        return
    print(f"ok {number} {name}" + (f" # SKIP {reason}" if reason else ""))


def main():
    print(f"1..{len(CHECKS)}")
    environment = dict(os.environ, KAKAOOCR_SERVER_KEY=KEY)
    with tempfile.TemporaryDirectory() as directory, subprocess.Popen(
            [os.environ["KAKAOOCR_SERVER"], "--exit-with-stdin"],
            env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE) as server:
        url = server.stdout.readline().decode().strip()
        if not url:
            print("Bail out! the server did not start")
            return 1
        checks = Checks(url, directory)
        for number, check in enumerate(CHECKS, 1):
            report(number, check, checks)
        server.stdin.close()
        return server.wait()


if __name__ == "__main__":
    sys.exit(main())
