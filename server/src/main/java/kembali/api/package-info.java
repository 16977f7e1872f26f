/**
 * The management API, {@code /api/v1}: one resource per noun of the contract, with the shapes it reads
 * and writes. Rules live in the features; a resource only translates.
 */
@NullMarked
package kembali.api;

import org.jspecify.annotations.NullMarked;
