using System.Globalization;
using System.Text;
using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>
/// The buttons below lists: what is on them, and which command a press means. What they stand for is as in the peer, so that buttons of its messages work
/// here and ours there.
/// </summary>
internal static class ListButtons
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 8;

    private const string CommandsPrefix = "commands_page_";
    private const string ProvidersData = "mdl_prov";
    private const string BackData = "mdl_back";
    private const string ListPrefix = "mdl_list_";
    private const string ChoicePrefix = "mdl_sel_";

    /// <summary>Longest name on a button; of a longer one the end is what tells it from others.</summary>
    private const int MaxName = 38;

    /// <summary>Below what <c>/model</c> says.</summary>
    public static IReadOnlyList<IReadOnlyList<OutboundButton>> Browse { get; } = [[new OutboundButton("Browse providers", ProvidersData)]];

    /// <summary>Pages of a list; at least one.</summary>
    public static int PagesOf(int count) => Math.Max(1, (count + PageSize - 1) / PageSize);

    /// <summary>The command that a press means; null when it means what it says.</summary>
    public static CommandText? Parse(string data)
    {
        var text = data.Trim();
        if (text.StartsWith(CommandsPrefix, StringComparison.Ordinal))
            return new CommandText("commands", text[CommandsPrefix.Length..].Split(':')[0]);
        if (text is ProvidersData or BackData)
            return new CommandText("models", "");
        if (text.StartsWith(ListPrefix, StringComparison.Ordinal) && text.LastIndexOf('_') is var at && at > ListPrefix.Length)
            return new CommandText("models", $"{text[ListPrefix.Length..at]} {text[(at + 1)..]}");
        return text.StartsWith(ChoicePrefix, StringComparison.Ordinal) && text[ChoicePrefix.Length..] is var model && model.IndexOf('/', StringComparison.Ordinal) is var slash && slash > 0 && slash < model.Length - 1
            ? new CommandText("model", model)
            : null;
    }

    /// <summary>Below a page of the commands.</summary>
    public static IReadOnlyList<IReadOnlyList<OutboundButton>> Commands(int page, int pages) =>
        Turns(page, pages, static number => CommandsPrefix + number, CommandsPrefix + "noop") is { Count: > 0 } turns ? [turns] : [];

    /// <summary>The providers, two in a row.</summary>
    public static IReadOnlyList<IReadOnlyList<OutboundButton>> Providers(IEnumerable<(string Provider, int Models)> providers, int maxData) =>
        [.. providers.Select(static entry => new OutboundButton($"{entry.Provider} ({entry.Models})", $"{ListPrefix}{entry.Provider}_1"))
            .Where(button => Fits(button, maxData))
            .Chunk(2)];

    /// <summary>A page of a provider's models, each in a row of its own.</summary>
    public static IReadOnlyList<IReadOnlyList<OutboundButton>> Models(string provider, IReadOnlyList<string> models, int page, string? current, int maxData)
    {
        var rows = models.Skip((page - 1) * PageSize).Take(PageSize)
            .Select(id => new OutboundButton(Short(id) + (id == current ? " ✓" : ""), $"{ChoicePrefix}{provider}/{id}"))
            .Where(button => Fits(button, maxData))
            .Select(static IReadOnlyList<OutboundButton> (button) => [button])
            .ToList();
        var turns = Turns(page, PagesOf(models.Count), number => $"{ListPrefix}{provider}_{number}", $"{ListPrefix}{provider}_{Text(page)}");
        if (turns.Count > 0 && turns.All(button => Fits(button, maxData)))
            rows.Add(turns);
        rows.Add([new OutboundButton("<< Back", BackData)]);
        return rows;
    }

    private static List<OutboundButton> Turns(int page, int pages, Func<string, string> dataOf, string here)
    {
        var row = new List<OutboundButton>();
        if (pages < 2)
            return row;
        if (page > 1)
            row.Add(new OutboundButton("◀ Prev", dataOf(Text(page - 1))));
        row.Add(new OutboundButton($"{Text(page)}/{Text(pages)}", here));
        if (page < pages)
            row.Add(new OutboundButton("Next ▶", dataOf(Text(page + 1))));
        return row;
    }

    private static bool Fits(OutboundButton button, int maxData) => Encoding.UTF8.GetByteCount(button.Data) <= maxData;

    private static string Short(string id) => id.Length <= MaxName ? id : "…" + id[^(MaxName - 1)..];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
