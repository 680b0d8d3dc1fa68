"""The addresses of a text's remote images are those of the cards on its page."""

import html
import re
import time
from pathlib import Path

import pytest

from desktop.core.markup.remote_images import remote_images
from desktop.core.page.markdown import to_html

TEXT = r"""---
image: ![](https://no.example/front.png)
---
![a](https://a.example/1.png) and ![b](<https://a.example/2 3.png> "t") ![](https://a.example/1.png)

[![badge](https://a.example/b.svg?x=1&amp;y=2)](https://leads.example/) ![ref][r] `![](https://no.example/code.png)`

<p align="center"><img width="3" src='https://a.example/tag.png?x=1&amp;y=2'></p> <IMG SRC=https://a.example/bare.png>

`<img src="https://no.example/in-code.png">` ![](local.png) ![](//no.example/x.png) ![](ftp://no.example/x.png)

```
<img src="https://no.example/fence.png"> ![](https://no.example/fence2.png)
```

<!-- <img src="https://no.example/comment.png"> --> ![e](https://a.example/x\_y.png) [link](https://no.example/l.png)

[r]: https://a.example/ref.png
"""


def shown(text: str) -> set[str]:
    """Return the addresses that the page's converter shows."""
    found = re.findall(r'<a href="(https?://[^"]*)"[^>]*class="remote-image"', to_html(text))
    return {html.unescape(address) for address in found}


def test_every_way_to_write_an_image_and_none_that_is_none() -> None:
    found = remote_images(TEXT)
    assert not [address for address in found if "no.example" in address]
    assert set(found) == shown(TEXT)
    assert found[0] == "https://a.example/1.png"
    assert len(found) == len(set(found))


def test_the_corpus_has_the_same_addresses_as_its_pages(corpus: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(corpus.glob("seeds/*.md"))]
    texts += [file.read_text(encoding="utf-8") for file in sorted(corpus.glob("digests/ru/*.md"))]
    assert [set(remote_images(text)) for text in texts] == [shown(text) for text in texts]
    assert any(shown(text) for text in texts)


@pytest.mark.parametrize("piece", ["<img ", "<img src=", "`<img src=http://a/>", "![](", " src='", '<img src="'])
def test_a_hostile_text_costs_linear_time(piece: str) -> None:
    def cost(size: int) -> float:
        text = "http://\n" + piece * (size // len(piece))
        start = time.process_time()
        remote_images(text)
        return time.process_time() - start

    cost(10_000)
    assert cost(400_000) < max(0.5, 10 * cost(100_000))
