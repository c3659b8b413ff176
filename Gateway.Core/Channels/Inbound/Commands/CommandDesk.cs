using System.Globalization;
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
        all.Insert(0, new ChatCommand(["help"], "This list", (_, _) => Task.FromResult<CommandAnswer>(Help(all))) { TakesArguments = false });
        all.Insert(1, new ChatCommand(["commands"], "This list, page by page", (call, _) => Task.FromResult(Page(all, call))) { TakesArguments = false, IsListed = false });
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
        // A press says what its list is to show or do, and is none of the words that the switch below is about.
        if (message.Kind is InboundKind.Button && ListButtons.Parse(message.Text) is { } pressed)
            return _byName.TryGetValue(pressed.Name, out var meant) ? (meant, pressed) : null;
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

    private static string Help(List<ChatCommand> commands) => $"Commands:\n{Lines(commands.Where(static command => command.IsListed))}\nEverything else you write goes to the agent.";

    private static CommandAnswer Page(List<ChatCommand> commands, CommandCall call)
    {
        if (call.MaxButtonData == 0)
            return Help(commands);
        var listed = commands.Where(static command => command.IsListed).ToList();
        var pages = ListButtons.PagesOf(listed.Count);
        var asked = call.Text.Arguments is { Length: > 0 } number ? number : "1";
        // The button that tells the page is pressed too.
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page < 1)
            return new CommandAnswer((string?)null);
        page = Math.Min(page, pages);
        var text = $"Commands, page {page} of {pages}:\n{Lines(listed.Skip((page - 1) * ListButtons.PageSize).Take(ListButtons.PageSize))}";
        return new CommandAnswer(text) { Buttons = ListButtons.Commands(page, pages), IsPage = true };
    }

    private static string Lines(IEnumerable<ChatCommand> commands) => string.Join('\n', commands.Select(static command => $"/{command.Names[0]} - {command.Description}"));
}
