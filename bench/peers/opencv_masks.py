"""Times mask operations of OpenCV, scikit-image and SciPy on one thread, on the masks of `operations` in Maskwright.Bench.

Prints the mask's area, then one line an operation: name, peer, best milliseconds of processor time; separated by tabs.
"""
import argparse
import time

import cv2
import numpy as np
from scipy import ndimage
from skimage.morphology import thin
from skimage.segmentation import watershed

MINIMUM_RUNS = 7
MINIMUM_SECONDS = 0.4


def discs(side, seed=1):
    mask = np.zeros((side, side), np.uint8)
    ys, xs = np.mgrid[0:side, 0:side]

    def next_number():
        nonlocal seed
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        return seed >> 8

    for i in range(120):
        cx, cy, radius = next_number() % side, next_number() % side, 4 + next_number() % (side // 12)
        rows, columns = slice(max(0, cy - radius), cy + radius + 1), slice(max(0, cx - radius), cx + radius + 1)
        inside = (xs[rows, columns] - cx) ** 2 + (ys[rows, columns] - cy) ** 2 <= radius * radius
        mask[rows, columns][inside] = i % 4 != 3
    return mask


def grains(side):
    mask, seed, cells = np.zeros((side, side), np.uint8), 7, side // 4
    for i in range(cells * cells):
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        if (seed >> 24) < 128:
            y, x = divmod(i, cells)
            mask[4 * y:4 * y + 4, 4 * x:4 * x + 4] = 1
    return mask


def milliseconds(action):
    best, runs, begin = float("inf"), 0, time.perf_counter()
    while runs < MINIMUM_RUNS or time.perf_counter() - begin < MINIMUM_SECONDS:
        start = time.thread_time()
        action()
        best = min(best, time.thread_time() - start)
        runs += 1
        if time.perf_counter() - begin > 10:
            break
    return best * 1e3


def operations(mask):
    for side in (3, 7, 31):
        rectangle = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
        ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        yield f"erode rect {side}", "OpenCV", lambda: cv2.erode(mask, rectangle)
        yield f"dilate rect {side}", "OpenCV", lambda: cv2.dilate(mask, rectangle)
        yield f"open rect {side}", "OpenCV", lambda: cv2.morphologyEx(mask, cv2.MORPH_OPEN, rectangle)
        yield f"dilate ellipse {side}", "OpenCV", lambda: cv2.dilate(mask, ellipse)
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    yield "dilate cross 3", "OpenCV", lambda: cv2.dilate(mask, cross)
    yield "components 8", "OpenCV", lambda: cv2.connectedComponentsWithStats(mask, connectivity=8)
    yield "components 8 with labels", "OpenCV", lambda: cv2.connectedComponentsWithStats(mask, connectivity=8)
    yield "distance", "SciPy", lambda: ndimage.distance_transform_edt(mask)
    yield "distance as float", "OpenCV", lambda: cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    small, grainy = np.ascontiguousarray(mask[:512, :512]), grains(512)
    yield "contours tree", "OpenCV", lambda: cv2.findContours(mask, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    yield "contours tree 512", "OpenCV", lambda: cv2.findContours(small, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    yield "contours all points 512", "OpenCV", lambda: cv2.findContours(small, cv2.RETR_TREE, cv2.CHAIN_APPROX_NONE)
    yield "contours of grains 512", "OpenCV", lambda: cv2.findContours(grainy, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    yield "median 7", "OpenCV", lambda: cv2.medianBlur(mask, 7)
    yield "median 31", "OpenCV", lambda: cv2.medianBlur(mask, 31)
    many = [discs(mask.shape[0], seed).astype(bool) for seed in range(2, 22)]
    yield "iou 20 x 20", "NumPy", lambda: [[(a & b).sum() / max(1, (a | b).sum()) for a in many] for b in many]
    yield "skeleton 512", "scikit-image", lambda: thin(small)
    landscape = -cv2.distanceTransform(small, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    _, markers = cv2.connectedComponents(cv2.erode(small, cv2.getStructuringElement(cv2.MORPH_RECT, (15, 15))))
    yield "watershed 512", "scikit-image", lambda: watershed(landscape, markers, mask=small.astype(bool))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=2048)
    parser.add_argument("--only", default="", help="operations whose name holds this")
    arguments = parser.parse_args()
    side = arguments.side
    cv2.setNumThreads(1)
    mask = discs(side)
    print(f"area\t{int(mask.sum())}", flush=True)
    for name, peer, action in operations(mask):
        if arguments.only in name:
            print(f"{name}\t{peer}\t{milliseconds(action):.4f}", flush=True)


main()
