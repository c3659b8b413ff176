using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Redaction;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Lifetime;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Changes the gateway itself: each has a switch in <c>commands</c>, off unless the operator sets it, and is for senders whom the operator named.</summary>
internal sealed class OwnerCommands(ConfigStore configuration, GatewayRestart restart, Audit audit) : ICommandFamily
{
    /// <summary>Most of an answer that shows settings, in characters: one message.</summary>
    private const int MaxShown = 3500;

    private const string Usage = "⚙️ Use: /config show [path] | get <path> | set <path> <value> | unset <path>";

    public IReadOnlyList<ChatCommand> Commands =>
    [
        new(["config"], "Show or change settings of the gateway, where that is switched on", ConfigAsync) { NeedsOwner = true },
        new(["debug"], "Settings that last until a restart, where that is switched on", (_, _) => Task.FromResult(Debug())) { NeedsOwner = true },
        new(["restart"], "Restart the gateway, where that is switched on", (_, _) => Task.FromResult(Restart())) { NeedsOwner = true, TakesArguments = false },
    ];

    private async Task<CommandAnswer> ConfigAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (!IsOn("config"))
            return Off("config");
        // Everybody in a group would read along.
        if (call.Message.Chat.Type is not ChatType.Direct)
            return "⚙️ /config works in direct chats only.";
        var words = call.Text.Words;
        var action = words is [var first, ..] ? first.ToLowerInvariant() : "show";
        var path = words.Length > 1 ? words[1] : "";
        var value = words.Length > 1 ? call.Text.Arguments[(call.Text.Arguments.IndexOf(path, words[0].Length, StringComparison.Ordinal) + path.Length)..].Trim() : "";
        if (action is "set" && value.Length == 0 && path.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            (path, value) = (path[..equals], path[(equals + 1)..]);
        else if (action is "set" && value.StartsWith('='))
            value = value[1..].Trim();
        return action switch
        {
            "show" or "get" => Show(path),
            "set" when path.Length > 0 && value.Length > 0 => await SetAsync(call, path, value, cancellationToken).ConfigureAwait(false),
            "unset" when path.Length > 0 => await WriteAsync(call, path, static key => new ConfigEdit.Unset(key), "Removed", cancellationToken).ConfigureAwait(false),
            _ => Usage,
        };
    }

    private CommandAnswer Show(string pathText)
    {
        // The whole is hidden before a part is taken: what a value is, its name says.
        var shown = ConfigRedaction.Redact(configuration.Current.Config);
        if (pathText.Length > 0)
        {
            if (!ConfigPath.TryParse(pathText, out var path, out var wrong))
                return "⚙️ " + wrong;
            if (!path.TryFind(shown, out shown))
                return $"⚙️ Nothing is set at {pathText}.";
        }
        var text = ConfigValue.Format(shown, json: true);
        return $"⚙️ {(pathText.Length > 0 ? pathText : "Settings")}:\n```json\n{(text.Length <= MaxShown ? text : text[..MaxShown] + "\n… (name a path to see the rest)")}\n```";
    }

    private async Task<CommandAnswer> SetAsync(CommandCall call, string path, string valueText, CancellationToken cancellationToken)
    {
        if (valueText.Contains(ConfigRedaction.Marker, StringComparison.Ordinal))
            return "⚙️ This value stands for a secret that is not shown; it cannot be written.";
        if (ConfigValue.TryParse(valueText, strict: false, out JsonNode? value) is { } problem)
            return "⚙️ " + problem;
        return await WriteAsync(call, path, key => new ConfigEdit.Set(key, value), "Updated", cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommandAnswer> WriteAsync(CommandCall call, string pathText, Func<ConfigPath, ConfigEdit> edit, string done, CancellationToken cancellationToken)
    {
        if (!ConfigPath.TryParse(pathText, out var path, out var wrong))
            return "⚙️ " + wrong;
        var result = await configuration.WriteAsync(edit(path), cancellationToken).ConfigureAwait(false);
        if (result.Status is ConfigWriteStatus.Written)
            audit.ConfigWritten(call.Actor, result.Snapshot!.Path, result.Snapshot.Hash);
        // Whoever is cut off after the write asks again, and finds nothing to change or to remove.
        return result.Status is ConfigWriteStatus.NotFound ? $"⚙️ Nothing is set at {pathText}."
            : result.Succeeded ? $"⚙️ {done} {pathText}."
            : $"⚙️ Not written: {result.Error}";
    }

    private CommandAnswer Debug() => IsOn("debug")
        ? "⚙️ This gateway has no settings that last only until a restart; /config changes the file, which counts at once."
        : Off("debug");

    private CommandAnswer Restart()
    {
        if (!IsOn("restart"))
            return Off("restart");
        restart.Schedule(GatewayRestart.DefaultDelay);
        return "⚙️ The gateway restarts now; it will be back in a few seconds.";
    }

    private bool IsOn(string name) => configuration.Current.Root.Section("commands").Bool(name) is true;

    private static CommandAnswer Off(string name) => $"⚠️ /{name} is switched off. The operator can set commands.{name} to true.";
}
