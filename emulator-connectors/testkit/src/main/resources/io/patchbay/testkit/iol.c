/*
 * Stands in for an image of IOL in tests: the same command line, NETMAP file, Unix sockets, NVRAM file and
 * terminal, but no IOS. At Ethernet port BAY/UNIT it is the host 10.77.BAY.(UNIT + 1), which answers ARP and
 * ICMP echo requests; serial ports send back what they get, the first octet's top bit turned over.
 *
 * Its console answers each line with the line in capitals, and knows these:
 *   show config   prints the startup configuration of the NVRAM
 *   write NAME    puts "hostname NAME" into the NVRAM as the startup configuration
 *   memory        prints the sizes that it was given
 *   tty           says whether it runs on a terminal
 *   deaf          lets it ignore requests to end
 *   quit          ends it
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#define HEADER 8
#define PORTS 256
#define KB 1024

static int ethernet = 2, serial = 2, nvram_kb = 64, ram_mb = 256, keepalives, id;
static int sock;
static struct { int used, id, key; } peers[PORTS];

static void say(const char *text)
{
   size_t done = 0, length = strlen(text);
   while (done < length) {
      ssize_t written = write(1, text + done, length - done);
      if (written <= 0)
         exit(3);
      done += written;
   }
}

static void fail(const char *why)
{
   say("IOL: ");
   say(why);
   say("\r\n");
   exit(1);
}

static void path_of(char *path, size_t size, int number, const char *suffix)
{
   snprintf(path, size, "/tmp/netio%u/%d%s", getuid(), number, suffix);
}

static void help(void)
{
   say("Usage: iol [options] <application id>\n"
       "-e <n>        Number of Ethernet adapters (default 2)\n"
       "-s <n>        Number of Serial adapters (default 2)\n"
       "-n <n>        Size of nvram in Kb (default 64KB)\n"
       "-m <n>        Megabytes of router memory (default 256MB)\n"
       "-c <name>     Configuration file name\n"
       "-q            Say little\n"
       "-l            Enable Layer 1 keepalive messages\n"
       "-h            Display this help\n");
   exit(0);
}

static void check_licence(void)
{
   char text[4096] = "";
   const char *name = getenv("IOURC");
   FILE *file = name ? fopen(name, "r") : NULL;
   if (!file)
      return;
   size_t length = fread(text, 1, sizeof text - 1, file);
   text[length] = 0;
   fclose(file);
   if (strstr(text, "0000000000000000;"))
      fail("the licence is not one for this host");
}

static void read_netmap(void)
{
   FILE *file = fopen("NETMAP", "r");
   int a, ab, au, b, bb, bu;
   if (!file)
      fail("there is no NETMAP");
   while (fscanf(file, "%d:%d/%d %d:%d/%d", &a, &ab, &au, &b, &bb, &bu) == 6) {
      if (a == id || b == id) {
         int own = b == id ? bb + 16 * bu : ab + 16 * au;
         peers[own & 255].used = 1;
         peers[own & 255].id = b == id ? a : b;
         peers[own & 255].key = b == id ? ab + 16 * au : bb + 16 * bu;
      }
   }
   fclose(file);
}

static void open_socket(void)
{
   char path[64];
   struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
   struct sockaddr_un address = {.sun_family = AF_UNIX};
   path_of(path, sizeof path, id, ".lck");
   int fd = open(path, O_CREAT | O_WRONLY, 0600);
   if (fd < 0 || fcntl(fd, F_SETLK, &lock) < 0)
      fail("the application id is in use");
   path_of(address.sun_path, sizeof address.sun_path, id, "");
   unlink(address.sun_path);
   sock = socket(AF_UNIX, SOCK_DGRAM, 0);
   if (sock < 0 || bind(sock, (struct sockaddr *)&address, sizeof address) < 0)
      fail("no socket");
}

static void transmit(int key, unsigned char *datagram, size_t length)
{
   struct sockaddr_un to = {.sun_family = AF_UNIX};
   if (!peers[key].used)
      return;
   path_of(to.sun_path, sizeof to.sun_path, peers[key].id, "");
   datagram[0] = peers[key].id >> 8;
   datagram[1] = peers[key].id;
   datagram[2] = id >> 8;
   datagram[3] = id;
   datagram[4] = peers[key].key;
   datagram[5] = key;
   datagram[6] = length > HEADER ? 1 : 2;
   datagram[7] = 0;
   sendto(sock, datagram, length, 0, (struct sockaddr *)&to, sizeof to);
}

static uint16_t sum(const unsigned char *octets, int length)
{
   uint32_t total = 0;
   for (int i = 0; i < length; i++)
      total += i % 2 ? octets[i] : octets[i] << 8;
   while (total >> 16)
      total = (total & 0xffff) + (total >> 16);
   return ~total;
}

static void swap(unsigned char *a, unsigned char *b, int length)
{
   for (int i = 0; i < length; i++) {
      unsigned char kept = a[i];
      a[i] = b[i];
      b[i] = kept;
   }
}

static int is_me(const unsigned char *address, int key)
{
   return address[0] == 10 && address[1] == 77 && address[2] == (key & 15)
       && address[3] == (key >> 4) + 1;
}

/* Turns a request into its answer; whether there is one. */
static int answer(unsigned char *frame, int length, int key)
{
   unsigned char mac[6] = {0xaa, 0xbb, 0xcc, id >> 8, id, key};
   int type = length < 14 ? 0 : frame[12] << 8 | frame[13];
   unsigned char *body = frame + 14;
   if (type == 0x0806 && length >= 42 && body[7] == 1 && is_me(body + 24, key)) {
      body[7] = 2;
      memcpy(body + 18, body + 8, 6);
      swap(body + 14, body + 24, 4);
      memcpy(body + 8, mac, 6);
   } else if (type == 0x0800 && length >= 42 && body[0] == 0x45 && body[9] == 1 && body[20] == 8
              && is_me(body + 16, key)) {
      int packet = body[2] << 8 | body[3];
      if (packet < 28 || packet > length - 14)
         return 0;
      swap(body + 12, body + 16, 4);
      body[20] = 0;
      body[22] = body[23] = 0;
      uint16_t check = sum(body + 20, packet - 20);
      body[22] = check >> 8;
      body[23] = check;
   } else {
      return 0;
   }
   memcpy(frame, frame + 6, 6);
   memcpy(frame + 6, mac, 6);
   return 1;
}

static void take_datagram(void)
{
   static unsigned char datagram[HEADER + 10000];
   ssize_t length = recv(sock, datagram, sizeof datagram, 0);
   if (length <= HEADER || datagram[6] != 1 || (datagram[0] << 8 | datagram[1]) != id)
      return;
   int key = datagram[4];
   int bay = key & 15;
   if (!peers[key].used || (datagram[2] << 8 | datagram[3]) != peers[key].id)
      return;
   if (bay < ethernet) {
      if (answer(datagram + HEADER, length - HEADER, key))
         transmit(key, datagram, length);
   } else if (bay < ethernet + serial) {
      datagram[HEADER] ^= 0x80;
      transmit(key, datagram, length);
   }
}

static FILE *nvram(const char *mode)
{
   char name[32];
   snprintf(name, sizeof name, "nvram_%05d", id);
   return fopen(name, mode);
}

static void put(unsigned char *at, uint32_t value, int octets)
{
   for (int i = 0; i < octets; i++)
      at[i] = value >> 8 * (octets - 1 - i);
}

static void write_nvram(const char *name)
{
   unsigned char *memory = calloc(nvram_kb, KB);
   int length = sprintf((char *)memory + 36, "hostname %s\nend\n", name);
   put(memory, 0xabcd, 2);
   put(memory + 2, 1, 2);
   put(memory + 6, 0x0f04, 2);
   put(memory + 16, length, 4);
   FILE *file = nvram("w");
   if (!file || fwrite(memory, KB, nvram_kb, file) != (size_t)nvram_kb)
      say("cannot write\r\n");
   if (file)
      fclose(file);
   free(memory);
   say("[OK]\r\n");
}

static void show_config(void)
{
   static unsigned char memory[1024 * KB];
   FILE *file = nvram("r");
   size_t length = file ? fread(memory, 1, sizeof memory, file) : 0;
   if (file)
      fclose(file);
   if (length < 36 || memory[0] != 0xab || memory[1] != 0xcd) {
      say("none\r\n");
      return;
   }
   uint32_t text = memory[16] << 24 | memory[17] << 16 | memory[18] << 8 | memory[19];
   if (text + 36 <= length && write(1, memory + 36, text) < 0)
      exit(3);
}

static void run(char *line)
{
   char text[128];
   if (!strcmp(line, "show config")) {
      show_config();
   } else if (!strncmp(line, "write ", 6)) {
      write_nvram(line + 6);
   } else if (!strcmp(line, "memory")) {
      snprintf(text, sizeof text, "ram %d nvram %d keepalives %d\r\n", ram_mb, nvram_kb, keepalives);
      say(text);
   } else if (!strcmp(line, "tty")) {
      say(isatty(0) && isatty(1) ? "a terminal\r\n" : "no terminal\r\n");
   } else if (!strcmp(line, "deaf")) {
      signal(SIGTERM, SIG_IGN);
      say("DEAF\r\n");
   } else if (!strcmp(line, "quit")) {
      say("bye\r\n");
      exit(0);
   } else {
      for (char *c = line; *c; c++)
         *c = toupper(*c);
      say(line);
      say("\r\n");
   }
   say("Router>");
}

static void take_input(void)
{
   static char line[256];
   static size_t length;
   char typed[256];
   ssize_t count = read(0, typed, sizeof typed);
   if (count <= 0)
      fail("the console is gone");
   for (ssize_t i = 0; i < count; i++) {
      if (typed[i] == '\r' || typed[i] == '\n') {
         say("\r\n");
         line[length] = 0;
         length = 0;
         run(line);
      } else if (length < sizeof line - 1) {
         char echo[2] = {typed[i], 0};
         line[length++] = typed[i];
         say(echo);
      }
   }
}

int main(int argc, char **argv)
{
   int option;
   struct termios settings;
   while ((option = getopt(argc, argv, "e:s:n:m:c:b:u:dtqhClLRUWN")) != -1) {
      switch (option) {
      case 'e': ethernet = atoi(optarg); break;
      case 's': serial = atoi(optarg); break;
      case 'n': nvram_kb = atoi(optarg); break;
      case 'm': ram_mb = atoi(optarg); break;
      case 'l': keepalives = 1; break;
      case 'h': help(); break;
      case '?': fail("what is that option?"); break;
      }
   }
   id = optind < argc ? atoi(argv[optind]) : 0;
   if (id < 1 || id > 1024)
      fail("an application id is needed");
   check_licence();
   if (isatty(0) && tcgetattr(0, &settings) == 0) {
      settings.c_lflag &= ~(ICANON | ECHO);
      tcsetattr(0, TCSANOW, &settings);
   }
   read_netmap();
   open_socket();
   say("IOL in tests\r\nRouter>");
   struct pollfd ready[2] = {{.fd = 0, .events = POLLIN}, {.events = POLLIN}};
   ready[1].fd = sock;
   while (1) {
      int count = poll(ready, 2, keepalives ? 1000 : -1);
      unsigned char sign_of_life[HEADER];
      if (count == 0)
         for (int key = 0; key < PORTS; key++)
            transmit(key, sign_of_life, HEADER);
      if (count > 0 && ready[0].revents)
         take_input();
      if (count > 0 && ready[1].revents)
         take_datagram();
   }
}
