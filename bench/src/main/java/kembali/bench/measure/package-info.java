/** Figures: where they come from ({@code /proc}), how runs become a median, a table and a JSON file. */
@NullMarked
package kembali.bench.measure;

import org.jspecify.annotations.NullMarked;
