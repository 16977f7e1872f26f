/** What people see: progress, tables, and the comparison of what came with what was foreseen. */
@NullMarked
package kembali.demo.report;

import org.jspecify.annotations.NullMarked;
