"""What tests of pictures ask of a figure."""

import matplotlib


def texts(figure):
    """All that is written on a figure, unwrapped."""
    found = [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_visible()]
    return [text.replace("\n", " ") for text in found if text]


def saved(figure, tmp_path):
    """The picture as an array; drawn at a low resolution, which is enough to see that it is not empty."""
    path = tmp_path / "figure.png"
    figure.savefig(path, dpi=60)
    return matplotlib.image.imread(path)


def assert_apart(figure, boxes):
    """No two of these artists overlap, and all lie on the figure."""
    figure.draw_without_rendering()
    extents = [artist.get_window_extent() for artist in boxes]
    for i, one in enumerate(extents):
        assert figure.bbox.x0 <= one.x0 and one.x1 <= figure.bbox.x1 and figure.bbox.y0 <= one.y0 and one.y1 <= figure.bbox.y1
        for other in extents[i + 1 :]:
            assert not one.overlaps(other), (boxes[i], one, other)
