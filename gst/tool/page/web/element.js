// SPDX-License-Identifier: LGPL-2.1-or-later
// Builds an element: attributes, and children that are nodes or texts, which
// are never taken for markup.
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function shape(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name),
              attributes, children);
}

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : value);
  made.append(...children);
  return made;
}
