/*
 * style.h -- the style sheet of every page: nothing is loaded from elsewhere.
 *
 * It follows the light or dark choice of the reader, fits 360 pixels and more,
 * and prints on A4 with every detail open.
 */
#ifndef TAPR_DOC_STYLE_H
#define TAPR_DOC_STYLE_H

extern const char style_sheet[];

#endif
