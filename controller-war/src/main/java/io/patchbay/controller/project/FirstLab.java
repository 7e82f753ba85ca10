package io.patchbay.controller.project;

import io.patchbay.server.config.Settings;
import io.patchbay.spi.DurableFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The project that is there when the server runs for the first time. */
@Singleton
public class FirstLab {
  private static final Logger LOG = Logger.getLogger(FirstLab.class.getName());
  private static final String ID = "f1257000-1ab0-4000-8000-000000000001";
  private static final String NODE = "f1257000-1ab0-4000-8000-00000000001";
  private static final String FILE = "first-lab.gns3";

  private final Settings settings;

  @Inject
  public FirstLab(Settings settings) {
    this.settings = settings;
  }

  /** Writes the project if this is the first run: there is no directory of projects yet. */
  void install() {
    install(settings.projects(), settings.consolePorts().first());
  }

  /** Consoles have the first port and the two after it. */
  static void install(Path projects, int console) {
    if (Files.exists(projects)) {
      return;
    }
    try {
      Path directory = projects.resolve(ID);
      for (int pc = 1; pc <= 2; pc++) {
        Path files = directory.resolve("project-files/vpcs").resolve(NODE + pc);
        Files.createDirectories(files);
        DurableFile.write(
            files.resolve("startup.vpc"),
            ("set pcname PC" + pc + "\nip 10.0.0." + pc + " 24\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      DurableFile.write(
          directory.resolve(FILE), topology(console).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the first lab cannot be written: {0}", e.getMessage());
    }
  }

  private static String topology(int console) throws IOException {
    try (InputStream in = FirstLab.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("\"@console1@\"", Integer.toString(console))
          .replace("\"@console2@\"", Integer.toString(console + 1))
          .replace("\"@console3@\"", Integer.toString(console + 2));
    }
  }

  /** What to do to see a first ping, in whole lines; empty if the project is gone. */
  public Optional<String> hint() {
    if (!Files.exists(settings.projects().resolve(ID).resolve(FILE))) {
      return Optional.empty();
    }
    String project =
        "http://%s:%d/v2/projects/%s".formatted(settings.httpHost(), settings.httpPort(), ID);
    return Optional.of(
        """
        To see a first ping, open the project "first lab", or type in another terminal:
          curl -X POST %1$s/open
          curl -X POST %1$s/nodes/start
          telnet %2$s %3$d
          ping 10.0.0.2
        """
            .formatted(project, settings.consoleHost(), settings.consolePorts().first()));
  }
}
