using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Methods.Chat;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Finds the command in a message.</summary>
internal sealed class CommandDesk
{
    private readonly ConfigStore _configuration;
    private readonly Dictionary<string, ChatCommand> _byName = new(StringComparer.Ordinal);

    public CommandDesk(IEnumerable<ICommandFamily> families, ConfigStore configuration)
    {
        _configuration = configuration;
        var all = families.SelectMany(static family => family.Commands).ToList();
        all.Insert(0, new ChatCommand(["help", "commands"], "This list", (_, _) => Task.FromResult<CommandAnswer>(Help(all))) { TakesArguments = false });
        foreach (var command in all)
        {
            foreach (var name in command.Names)
                _byName.Add(name, command);
        }
    }

    /// <summary>The command that a message gives, with its words; null when its text is for the agent.</summary>
    public (ChatCommand Command, CommandText Text)? Find(InboundMessage message)
    {
        // What somebody passed on or quotes is not his word.
        if (message.Forwarded is not null)
            return null;
        // The words that stop are no command; who picks from the menu means one.
        if (!message.IsNativeCommand && _configuration.Current.Root.Section("commands").Bool("text") is false && !StopWords.Matches(message.Text))
            return null;
        var text = CommandText.Parse(message.Text) ?? Trigger(message.Text);
        if (text is null || !_byName.TryGetValue(text.Name, out var command) || (!command.TakesArguments && text.Arguments.Length > 0))
            return null;
        return (command, text);
    }

    /// <summary>A word of the operator's own that begins a conversation.</summary>
    private CommandText? Trigger(string text)
    {
        var trimmed = text.Trim();
        foreach (var trigger in _configuration.Current.Session.ResetTriggers)
        {
            if (trigger.Trim() is { Length: > 0 } word && trimmed.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (trimmed.Length == word.Length || char.IsWhiteSpace(trimmed[word.Length])))
                return new CommandText("new", trimmed[word.Length..].Trim());
        }
        return null;
    }

    private static string Help(List<ChatCommand> commands) =>
        "Commands:\n" + string.Join('\n', commands.Where(static command => command.IsListed).Select(static command => $"/{command.Names[0]} - {command.Description}")) + "\nEverything else you write goes to the agent.";
}
