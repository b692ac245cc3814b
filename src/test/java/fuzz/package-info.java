/**
 * What fuzz tests share. Each stands beside the parser that it tries.
 */
package fuzz;
