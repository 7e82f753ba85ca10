package io.patchbay.controller.server;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.config.Settings;
import io.patchbay.server.http.ApiVersion;
import io.patchbay.server.machine.Machine;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** What helps to find a fault, in a file: {@code debug/controller.txt} by the configurations. */
@Singleton
public class DebugDump {
  private final Settings settings;
  private final Computes computes;
  private final Projects projects;

  @Inject
  public DebugDump(Settings settings, Computes computes, Projects projects) {
    this.settings = settings;
    this.computes = computes;
    this.projects = projects;
  }

  /**
   * @throws LabException (CONFLICT) if the file cannot be written
   */
  void write() {
    Path file = settings.configs().resolve("debug").resolve("controller.txt");
    try {
      Files.createDirectories(file.getParent());
      DurableFile.write(file, text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw LabException.conflict("The debug dump cannot be written to " + file);
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    line(text, "time", Instant.now());
    line(text, "version", ApiVersion.TEXT);
    line(text, "java", Runtime.version());
    line(text, "system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    line(text, "machine", Machine.statistics(settings.projects()));
    for (Compute compute : computes.all()) {
      line(text, "compute", compute.describe());
    }
    for (Project project : projects.all()) {
      line(text, "project", project.describe());
      project.nodes().forEach(node -> line(text, "  node", node.describe()));
      project.links().forEach(link -> line(text, "  link", link.describe()));
    }
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      line(text, "thread", thread.getKey().getName() + " " + thread.getKey().getState());
      for (StackTraceElement frame : thread.getValue()) {
        line(text, "  at", frame);
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String what, Object value) {
    text.append(what).append(": ").append(value).append('\n');
  }
}
