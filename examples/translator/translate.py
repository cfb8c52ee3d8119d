"""The translator of this folder in Python, with its standard library only. See README.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import sys
import time
import uuid
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

HOME = Path(__file__).resolve().parent
STOPPED = 3  # a paragraph was not allowed: there is more to do
PATIENCE_SECONDS = 10


class Refused(Exception):
    """The server refused the request itself, or no answer came in time."""


def authorize(url: str, api_key: str, feature: str, amount: int, request_id: str) -> dict:
    """Asks for a decision. The same request id is answered the same and charged once, so asking again is safe."""
    body = json.dumps({"feature": feature, "amount": amount, "requestId": request_id}).encode()
    headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"}
    deadline = time.monotonic() + PATIENCE_SECONDS
    wait = 0.1
    while True:
        try:
            left = max(0.25, deadline - time.monotonic())
            with urlopen(Request(f"{url}/api/v1/authorize", body, headers), timeout=left) as answer:
                return json.load(answer)
        except HTTPError as error:
            problem = read_problem(error)
            if error.code not in (429, 502, 503, 504):
                raise Refused(problem) from error
            asked = error.headers.get("Retry-After", "")
            pause = max(wait, float(asked) if asked.isdigit() else 0)
        except (URLError, HTTPException, OSError, ValueError) as error:
            problem = f"{url} gave no answer that can be read ({error}). Check that the server runs, then run this again."
            pause = wait
        pause += random.uniform(0, wait)
        if time.monotonic() + pause >= deadline:
            raise Refused(problem)
        time.sleep(pause)
        wait = min(2, wait * 2)


def read_problem(error: HTTPError) -> str:
    try:
        problem = json.load(error)
        return f"{problem['title']} {problem['detail']} ({problem['code']}, {problem['requestId']})"
    except (ValueError, KeyError, TypeError):
        return f"What answered at {error.url} is not Tollkeeper: status {error.code}. Check TOLLKEEPER_URL."


def paragraphs_of(text: str) -> list[str]:
    """What stands between empty lines."""
    parts = (part.strip(" \t\r\n") for part in re.split(r"\n(?:[ \t\r]*\n)+", text))
    return [part for part in parts if part]


def to_pig_latin(text: str) -> str:
    """Renders English in Pig Latin, the children's word game: "the whale" becomes "ethay alewhay"."""
    return re.sub(r"[A-Za-z]+(?:['’][A-Za-z]+)*", lambda match: render_word(match.group()), text)


def render_word(word: str) -> str:
    lower = word.lower()
    # consonants move to the end; `qu` moves as one, and `y` is a consonant only where a word begins
    head = re.match(r"y?(?:qu|[^aeiouy])*", lower).group()
    rendered = f"{lower[len(head):]}{head}ay" if head else f"{lower}way"
    if len(word) > 1 and word == word.upper():
        return rendered.upper()
    return rendered if word[0] == lower[0] else rendered[0].upper() + rendered[1:]


def read_progress(file: Path, text: str) -> dict:
    """How far the translation has come. Written before anything is asked, so that a stopped program knows what it asked."""
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    if not file.exists():
        return {"job": str(uuid.uuid4()), "text": fingerprint, "done": 0, "attempt": 1}
    progress = json.loads(file.read_text("utf-8"))
    if progress["text"] != fingerprint:
        raise Refused(f"{file} belongs to another text. Name another folder with --out, or delete that file to begin again.")
    return progress


def write_whole(file: Path, content: str) -> None:
    """Whole or not at all: a program that is stopped meanwhile leaves the one before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_bytes(content.encode())
    new.replace(file)


def write_progress(file: Path, progress: dict) -> None:
    write_whole(file, json.dumps(progress, indent=2) + "\n")


def describe_refusal(decision: dict, url: str) -> str:
    """A refused decision for a person: why, and what would help."""
    feature = decision["feature"]
    lines = [f"  why         {decision['code']}"]
    if decision["limit"] is not None and decision["remaining"] is not None:
        asked, left, limit = decision["amount"], decision["remaining"], decision["limit"]
        lines.append(f"              {asked:,} {feature} were asked for; {left:,} of {limit:,} are left")
    if decision["resetsAt"]:
        lines.append(f"  resets      {decision['resetsAt']}")
    for index, remedy in enumerate(decision["remedies"]):
        lines.append(("  what helps  " if index == 0 else "              ") + describe_remedy(remedy, feature))
    lines += [f"  decision    {decision['decisionId']}", ""]
    for remedy in decision["remedies"]:
        if remedy["kind"] == "upgrade":
            lines.append(f"An API key cannot buy. Open {url}/plans, choose {remedy['plan']}, and pay; then run this again.")
    return "\n".join(lines)


def describe_remedy(remedy: dict, feature: str) -> str:
    kind = remedy["kind"]
    if kind == "upgrade":
        more = f"unlimited {feature}" if remedy["limit"] is None else f"{remedy['limit']:,} {feature}"
        return f"the plan {remedy['plan']}: {more}"
    if kind == "use_less":
        return f"asking for {remedy['amount']:,} {feature} or fewer"
    if kind == "top_up":
        return f"{remedy['units']:,} more {remedy['feature']}"
    if kind == "raise_cap":
        return f"a part of the tenant's {feature} of {remedy['limit']:,}"
    if kind == "wait":
        return f"waiting until {remedy['until']}"
    return {
        "pay_invoice": "paying the open invoice",
        "ask_role": f"a role with the permission {remedy.get('permission')}",
        "issue_key": f"an API key with the scope {remedy.get('scope')}",
        "contact_operator": "talking to whoever runs this service",
    }.get(kind, kind)


def translate(url: str, api_key: str, text_file: Path, folder: Path) -> int:
    """Translates paragraph by paragraph, each one only when it is allowed. Returns the exit code."""
    text = text_file.read_bytes().decode()
    paragraphs = paragraphs_of(text)
    output_file = folder / f"{text_file.stem}.pig-latin.txt"
    progress_file = folder / f"{text_file.stem}.progress.json"
    progress = read_progress(progress_file, text)
    # what was written for a paragraph that is not yet noted as done is made again, so it must not stay
    before = output_file.read_bytes().decode() if output_file.exists() else ""
    written = paragraphs_of(before)[: progress["done"]]
    write_progress(progress_file, progress)
    print(f"{text_file}: {len(paragraphs)} paragraphs, {len(text):,} characters")
    if progress["done"] > 0:
        print(f"Going on after paragraph {progress['done']}.")

    for paragraph in paragraphs[progress["done"] :]:
        place = f"paragraph {progress['done'] + 1} of {len(paragraphs)}"
        request_id = f"{progress['job']}-p{progress['done'] + 1}-a{progress['attempt']}"
        decision = authorize(url, api_key, "characters", len(paragraph), request_id)
        if not decision["allowed"]:
            # a refusal stays a refusal under its id: the next start asks under a new one
            progress["attempt"] += 1
            write_progress(progress_file, progress)
            print(f"\nStopped at {place}.\n{describe_refusal(decision, url)}")
            return STOPPED
        written.append(to_pig_latin(paragraph))
        write_whole(output_file, "\n\n".join(written) + "\n")
        progress.update(done=progress["done"] + 1, attempt=1)
        write_progress(progress_file, progress)
        left = "no limit on what is" if decision["remaining"] is None else f"{decision['remaining']:,}"
        print(f"  {place}: {len(paragraph)} characters, {left} left", flush=True)
    print(f"\nDone. The translation is in {output_file}.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Translates a text, as far as Tollkeeper allows it.")
    parser.add_argument("text", nargs="?", type=Path, default=HOME / "text" / "moby-dick-chapter-133.txt")
    parser.add_argument("--out", type=Path, default=HOME / "out")
    arguments = parser.parse_args()
    url = (os.environ.get("TOLLKEEPER_URL") or "http://localhost:4000").rstrip("/")
    api_key = os.environ.get("TOLLKEEPER_API_KEY", "").strip()
    if not api_key:
        print(f"There is no API key. Issue one at {url}/keys and set TOLLKEEPER_API_KEY.", file=sys.stderr)
        return 1
    try:
        return translate(url, api_key, arguments.text, arguments.out)
    except (Refused, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
