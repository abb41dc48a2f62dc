"""Show a chart in a notebook."""


def show_chart(ax, result): ...
