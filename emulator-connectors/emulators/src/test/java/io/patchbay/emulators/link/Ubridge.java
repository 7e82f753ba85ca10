package io.patchbay.emulators.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two processes of ubridge in a row, each with a bridge of two UDP ends. */
final class Ubridge implements FramePath {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;

  private final List<Process> processes;

  private Ubridge(List<Process> processes) {
    this.processes = processes;
  }

  static Ubridge two(Path program, Ports ports) throws IOException {
    int left = FramePath.freePort();
    int right = FramePath.freePort();
    List<Process> processes = new ArrayList<>();
    processes.add(bridge(program, udp(ports.entry(), ports.first()), udp(left, right)));
    processes.add(bridge(program, udp(right, left), udp(ports.exit(), ports.second())));
    return new Ubridge(processes);
  }

  @Override
  public long processorNanos() throws IOException {
    long ticks = 0;
    for (Process process : processes) {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      // After the name in parentheses: utime and stime are the fields 14 and 15, proc(5).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
    return ticks * TICK_NANOS;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }

  private static String udp(int local, int remote) {
    return "bridge add_nio_udp b " + local + " 127.0.0.1 " + remote;
  }

  private static Process bridge(Path program, String... ends) throws IOException {
    int control = FramePath.freePort();
    Process process =
        new ProcessBuilder(program.toString(), "-H", "127.0.0.1:" + control)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (Socket socket = connect(control);
        PrintWriter out =
            new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String command : List.of("bridge create b", ends[0], ends[1], "bridge start b")) {
        out.println(command);
        String answer = in.readLine();
        if (answer == null || !answer.startsWith("100-")) {
          throw new IOException("ubridge answered " + answer + " to " + command);
        }
      }
    }
    return process;
  }

  private static Socket connect(int port) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return new Socket(LOOPBACK, port);
      } catch (IOException notYet) {
        if (attempt == 50) {
          throw notYet;
        }
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }
}
