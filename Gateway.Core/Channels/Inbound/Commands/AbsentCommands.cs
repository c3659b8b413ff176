using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Commands that people know from other gateways, of what this one does not have: they are answered, so that nobody waits for an effect.</summary>
internal sealed class AbsentCommands(ConfigStore configuration) : ICommandFamily
{
    public IReadOnlyList<ChatCommand> Commands =>
    [
        Absent("skill", "⚙️ This gateway has no skills. Tell the agent in your own words what it should do."),
        Absent("tts", "⚙️ This gateway cannot speak: it has no speech provider."),
        Absent("subagents", "⚙️ This gateway starts no sub-agents, so there are none to list, stop or ask."),
        Absent("elevated", "⚙️ There are no elevated rights here: commands run on the gateway's machine, and its approval policy decides about each of them.", "elev"),
        Absent("exec", "⚙️ Where commands run and who is asked is set for the whole gateway: openclaw approvals, or tools.exec in the configuration."),
        new(["bash"], "Run a command on the gateway's machine", (_, _) => Task.FromResult(Bash())) { NeedsOwner = true, IsListed = false },
    ];

    private CommandAnswer Bash() => configuration.Current.Root.Section("commands").Bool("bash") is true
        ? "⚙️ This gateway runs no commands straight from a chat. Ask the agent to run it: its approval policy decides about it, and /approve answers its question."
        : "⚠️ /bash is switched off. The operator can set commands.bash to true.";

    private static ChatCommand Absent(string name, string answer, params string[] others) =>
        new([name, .. others], answer, (_, _) => Task.FromResult<CommandAnswer>(answer)) { IsListed = false };
}
