/** The program: threads, sockets, calls, routes, the browser API, records and operations. */
package io.copperline.gateway;
