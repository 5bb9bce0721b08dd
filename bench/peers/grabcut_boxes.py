"""Answers boxes with masks by OpenCV's GrabCut, over standard input and output; started by Maskwright.Bench.

A request is one byte. I: width and height (two int32, little endian), then the RGB image, row by row. B: left, top, right, bottom of a box (four float64);
the answer is one byte a pixel of the image, 1 inside. The colours outside the box are taken for background; five iterations, as in OpenCV's own example.
"""
import struct
import sys

import cv2
import numpy

ITERATIONS = 5


def answer(image, box):
    height, width = image.shape[:2]
    left, top = max(0, int(numpy.floor(box[0]))), max(0, int(numpy.floor(box[1])))
    right, bottom = min(width, int(numpy.ceil(box[2]))), min(height, int(numpy.ceil(box[3])))
    mask = numpy.full((height, width), cv2.GC_BGD, numpy.uint8)
    mask[top:bottom, left:right] = cv2.GC_PR_FGD
    if (mask == cv2.GC_BGD).any():
        models = numpy.zeros((1, 65)), numpy.zeros((1, 65))
        try:
            cv2.setRNGSeed(0)
            cv2.grabCut(image, mask, None, *models, ITERATIONS, cv2.GC_INIT_WITH_MASK)
        except cv2.error:
            pass  # too few pixels on one side for its colour models: the box itself is the answer
    return ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(numpy.uint8)


def main():
    cv2.setNumThreads(1)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    image = None
    while kind := requests.read(1):
        if kind == b"I":
            width, height = struct.unpack("<ii", requests.read(8))
            rgb = numpy.frombuffer(requests.read(width * height * 3), numpy.uint8).reshape(height, width, 3)
            image = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
        else:
            answers.write(answer(image, struct.unpack("<dddd", requests.read(32))).tobytes())
            answers.flush()


main()
