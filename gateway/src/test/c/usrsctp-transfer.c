// Sends so many bytes in messages of a given size from one usrsctp socket to another in the same thread, packets carried by hand, and
// prints the megabytes for each second of processor time. The yardstick of `scripts/bench --peer`:
//   usrsctp-transfer BYTES MESSAGE_BYTES
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <usrsctp.h>

enum { PORT = 5000, PACKET_BYTES = 1200, SEND_BUFFER_BYTES = 1 << 20, RECEIVE_BUFFER_BYTES = 524288 };

struct packet {
    struct packet *next;
    size_t len;
    unsigned char bytes[];
};

/** One side: its address for usrsctp, and the packets that have left it. */
struct end {
    struct packet *first;
    struct packet **last;
};

static struct end sender, receiver;
static uint64_t received_bytes;

static int on_output(void *addr, void *buf, size_t len, uint8_t tos, uint8_t set_df) {
    (void)tos;
    (void)set_df;
    struct end *from = addr;
    struct packet *packet = malloc(sizeof *packet + len);
    packet->next = NULL;
    packet->len = len;
    memcpy(packet->bytes, buf, len);
    *from->last = packet;
    from->last = &packet->next;
    return 0;
}

static int on_receive(struct socket *socket, union sctp_sockstore addr, void *data, size_t len, struct sctp_rcvinfo info,
                      int flags, void *context) {
    (void)socket;
    (void)addr;
    (void)info;
    (void)flags;
    (void)context;
    if (data != NULL) {
        received_bytes += len;
        free(data);
    }
    return 1;
}

static void carry(struct end *from, struct end *to) {
    while (from->first != NULL) {
        struct packet *packet = from->first;
        from->first = packet->next;
        if (from->first == NULL) {
            from->last = &from->first;
        }
        usrsctp_conninput(to, packet->bytes, packet->len, 0);
        free(packet);
    }
}

static void must(int holds, const char *what) {
    if (!holds) {
        perror(what);
        exit(1);
    }
}

static struct sockaddr_conn address(struct end *end) {
    struct sockaddr_conn conn = {0};
    conn.sconn_family = AF_CONN;
    conn.sconn_port = htons(PORT);
    conn.sconn_addr = end;
    return conn;
}

static struct socket *open_end(struct end *end) {
    end->last = &end->first;
    usrsctp_register_address(end);
    struct socket *s = usrsctp_socket(AF_CONN, SOCK_STREAM, IPPROTO_SCTP, on_receive, NULL, 0, NULL);
    must(s != NULL, "socket");
    must(usrsctp_set_non_blocking(s, 1) == 0, "non-blocking");
    struct sctp_paddrparams path = {0};
    path.spp_address.ss_family = AF_CONN;
    path.spp_flags = SPP_PMTUD_DISABLE;
    path.spp_pathmtu = PACKET_BYTES;
    must(usrsctp_setsockopt(s, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &path, sizeof path) == 0, "path MTU");
    struct sockaddr_conn here = address(end);
    must(usrsctp_bind(s, (struct sockaddr *)&here, sizeof here) == 0, "bind");
    return s;
}

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    must(argc == 3, "usrsctp-transfer BYTES MESSAGE_BYTES");
    uint64_t bytes = strtoull(argv[1], NULL, 10);
    size_t message_bytes = strtoul(argv[2], NULL, 10);
    char *message = calloc(1, message_bytes);
    usrsctp_init_nothreads(0, on_output, NULL);
    usrsctp_sysctl_set_sctp_sendspace(SEND_BUFFER_BYTES);
    usrsctp_sysctl_set_sctp_recvspace(RECEIVE_BUFFER_BYTES);
    struct socket *server = open_end(&receiver);
    struct socket *client = open_end(&sender);
    must(usrsctp_listen(server, 1) == 0, "listen");
    struct sockaddr_conn there = address(&sender);
    must(usrsctp_connect(client, (struct sockaddr *)&there, sizeof there) == 0 || errno == EINPROGRESS, "connect");
    struct sctp_sendv_spa how = {0};
    how.sendv_flags = SCTP_SEND_SNDINFO_VALID;
    how.sendv_sndinfo.snd_ppid = htonl(53);
    struct socket *accepted = NULL;
    double began = seconds(CLOCK_PROCESS_CPUTIME_ID);
    double told = seconds(CLOCK_MONOTONIC);
    for (uint64_t sent = 0; received_bytes < bytes;) {
        while (sent < bytes
               && usrsctp_sendv(client, message, message_bytes, NULL, 0, &how, sizeof how, SCTP_SENDV_SPA, 0) > 0) {
            sent += message_bytes;
        }
        carry(&sender, &receiver);
        if (accepted == NULL) {
            accepted = usrsctp_accept(server, NULL, NULL);
        }
        carry(&receiver, &sender);
        double now = seconds(CLOCK_MONOTONIC);
        if (now - told >= 0.01) {
            usrsctp_handle_timers((uint32_t)((now - told) * 1000));
            told = now;
        }
    }
    printf("%.1f\n", bytes / 1e6 / (seconds(CLOCK_PROCESS_CPUTIME_ID) - began));
    return 0;
}
