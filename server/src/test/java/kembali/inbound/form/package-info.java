@NullMarked
package kembali.inbound.form;

import org.jspecify.annotations.NullMarked;
