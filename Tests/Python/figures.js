// What a browser measures of a page's figures: texts of one drawing whose boxes overlap, and texts that stick out of it.
() => {
  // A text's box stands above and below its letters; this much of its height is air at either side.
  const air = 0.2;
  const corners = (text) => {
    const box = text.getBBox();
    const matrix = text.getScreenCTM();
    const top = box.y + box.height * air;
    const bottom = box.y + box.height * (1 - air);
    return [[box.x, top], [box.x + box.width, top], [box.x + box.width, bottom], [box.x, bottom]].map(
      ([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
  };
  // Convex shapes are apart where some side of one has all of the other beyond it.
  const isApart = (a, b) => {
    for (const shape of [a, b]) {
      for (let index = 0; index < shape.length; index += 1) {
        const from = shape[index];
        const to = shape[(index + 1) % shape.length];
        const [nx, ny] = [to.y - from.y, from.x - to.x];
        const along = (points) => points.map((point) => point.x * nx + point.y * ny);
        const length = Math.hypot(nx, ny) * 0.5;
        if (Math.max(...along(a)) - length <= Math.min(...along(b))) return true;
        if (Math.max(...along(b)) - length <= Math.min(...along(a))) return true;
      }
    }
    return false;
  };
  const faults = [];
  let count = 0;
  for (const svg of document.querySelectorAll("svg.plot")) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter(
      (text) => text.getClientRects().length > 0 && text.textContent.trim());
    count += texts.length;
    // A text may have a title of what it was cut from.
    const named = texts.map((text) => ({words: text.firstChild.textContent, shape: corners(text)}));
    named.forEach(({words, shape}, index) => {
      for (const other of named.slice(0, index)) {
        if (!isApart(shape, other.shape)) faults.push(`"${words}" lies over "${other.words}"`);
      }
      const xs = shape.map((point) => point.x);
      const ys = shape.map((point) => point.y);
      if (Math.min(...xs) < frame.left - 1.5 || Math.max(...xs) > frame.right + 1.5 ||
          Math.min(...ys) < frame.top - 1.5 || Math.max(...ys) > frame.bottom + 1.5) {
        faults.push(`"${words}" sticks out of its figure`);
      }
    });
  }
  return {count, faults};
}
