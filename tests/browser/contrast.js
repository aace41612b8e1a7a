// Texts of the page that stand out from their background by less than WCAG 1.4.3 asks: 4.5 to 1, 3 to 1 for large ones.
() => {
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => {
    const mixed = { a: 1 };
    for (const part of ["r", "g", "b"]) mixed[part] = top[part] * top.a + under[part] * (1 - top.a);
    return mixed;
  };
  const luminance = (color) => {
    const linear = (part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
  };
  const above = function* (element) {
    for (let node = element; node; node = node.parentElement) yield node;
  };
  const ground = (element) => {
    const layers = [];
    for (const node of above(element)) {
      const layer = parse(getComputedStyle(node).backgroundColor);
      layers.push(layer);
      if (layer.a === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const unseen = style.visibility === "hidden" || box.width < 2 || box.height < 2;
    if (!text || unseen || element.closest("script, style, noscript, :disabled, [aria-disabled=true]")) continue;
    let opacity = 1;
    for (const node of above(element)) opacity *= parseFloat(getComputedStyle(node).opacity);
    if (opacity < 0.05) continue;
    const drawing = element.closest("svg");
    const ink = parse(drawing && style.fill !== "none" ? style.fill : style.color);
    ink.a *= opacity * (drawing ? parseFloat(style.fillOpacity) : 1);
    const behind = ground(drawing ? drawing.parentElement : element);
    const [less, more] = [luminance(over(ink, behind)), luminance(behind)].sort((one, other) => one - other);
    const ratio = (more + 0.05) / (less + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} ${text.slice(0, 40)}`);
  }
  return faint;
}
