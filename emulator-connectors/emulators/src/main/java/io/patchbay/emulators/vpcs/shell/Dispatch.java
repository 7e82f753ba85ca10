package io.patchbay.emulators.vpcs.shell;

import java.util.ArrayList;
import java.util.List;

/** Finds the command that a line begins with, and runs it. */
final class Dispatch {
  private static final List<Command> COMMANDS =
      List.of(
          new Command("?", "", HelpTexts.HELP, HelpTexts::overview),
          new Command("arp", "show", HelpTexts.SHOW, ShowCommand::run),
          new Command("clear", "", HelpTexts.CLEAR, ClearCommand::run),
          new Command("dhcp", "ip", HelpTexts.DHCP, IpCommand::run),
          new Command("disconnect", "", "", (shell, words) -> shell.keyboard().disconnect()),
          new Command("help", "", HelpTexts.HELP, HelpTexts::overview),
          new Command("history", "", "", ShowCommand::history),
          new Command("relay", "", HelpTexts.RELAY, Dispatch::refuseRelay),
          new Command("ip", "", HelpTexts.IP, IpCommand::run),
          new Command("load", "", HelpTexts.LOAD, FileCommands::load),
          new Command("neighbor", "", "", ShowCommand::neighbors),
          new Command("ping", "", HelpTexts.PING, PingCommand::run),
          new Command("quit", "", "", (shell, words) -> shell.keyboard().quit()),
          new Command("tracer", "", HelpTexts.TRACE, TraceCommand::run),
          new Command("rlogin", "", HelpTexts.RLOGIN, Dispatch::refuseRlogin),
          new Command("save", "", HelpTexts.SAVE, FileCommands::save),
          new Command("write", "", HelpTexts.SAVE, FileCommands::save),
          new Command("set", "", HelpTexts.SET, SetCommand::run),
          new Command("show", "", HelpTexts.SHOW, ShowCommand::run),
          new Command("version", "", "", ShowCommand::version),
          new Command("sleep", "", HelpTexts.SLEEP, SleepCommand::run),
          new Command("zzz", "", HelpTexts.SLEEP, SleepCommand::run));

  private final Shell shell;

  Dispatch(Shell shell) {
    this.shell = shell;
  }

  void run(String line, List<String> words) throws InterruptedException {
    boolean quiet = words.getFirst().startsWith("@");
    String first = quiet ? words.getFirst().substring(1) : words.getFirst();
    List<Command> found =
        COMMANDS.stream().filter(command -> Words.abbreviates(first, command.name())).toList();
    if (found.size() > 1) {
      found.forEach(command -> shell.screen().line(command.name()));
    } else if (found.isEmpty()) {
      shell.screen().line("Bad command: \"" + line + "\". Use ? for help.");
    } else {
      run(found.getFirst(), words, line, quiet);
    }
  }

  private void run(Command command, List<String> words, String line, boolean quiet)
      throws InterruptedException {
    if (shell.echo().isOn() && shell.inScript() && !quiet && !isPause(command, words)) {
      shell.screen().line(shell.numberedName() + " " + line);
    }
    List<String> whole = new ArrayList<>(words);
    whole.set(0, command.name());
    if (!command.alias().isEmpty()) {
      whole.addFirst(command.alias());
    }
    if (!command.help().isEmpty() && Words.asksForHelp(whole)) {
      HelpTexts.print(shell, HelpTexts.about(command.help(), whole));
    } else {
      command.action().run(shell, whole);
    }
  }

  /** A pause says by itself what there is to say. */
  private static boolean isPause(Command command, List<String> words) {
    return command.name().equals("sleep") && (words.size() != 2 || !Words.isNumber(words.get(1)));
  }

  private static void refuseRlogin(Shell shell, List<String> words) {
    shell
        .screen()
        .line(
            "rlogin is refused: this PC runs inside the compute, and must not open connections from"
                + " there");
  }

  private static void refuseRelay(Shell shell, List<String> words) {
    shell
        .screen()
        .line("relay is refused: this PC has no UDP ports; links are made in the project");
  }
}
