using System.Globalization;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Shows and changes the model, by words or by buttons.</summary>
internal sealed class ModelCommands(SessionPatching patching, ISessionModels models, ModelResolver catalog) : ICommandFamily
{
    private const int MaxListed = 60;

    public IReadOnlyList<ChatCommand> Commands =>
    [
        new(["model"], "Show or choose the model: provider/model, or default", ModelAsync),
        new(["models"], "The providers, or the models of one", (call, _) => Task.FromResult(Models(call))),
    ];

    private async Task<CommandAnswer> ModelAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var standard = models.DefaultFor(call.Key.AgentId);
        if (call.Text.Words is not [var name])
        {
            return new CommandAnswer($"Model: {CurrentOf(call)} (default {standard}). /model provider/model chooses another one, /models lists them.")
            {
                Buttons = call.MaxButtonData > 0 ? ListButtons.Browse : [],
            };
        }
        var isDefault = name.ToLowerInvariant() is "default" or "reset";
        var patched = await patching.PatchAsync(call.Key.Value, new SessionPatch().Set(SessionFields.Model, isDefault ? null : name), cancellationToken).ConfigureAwait(false);
        return patched.Value is not { } now ? patched.Error!.Message
            : now.Model == standard ? $"Model reset to default ({now.Model})."
            : $"Model set to {now.Model}.";
    }

    private CommandAnswer Models(CommandCall call)
    {
        var rows = catalog.ListFor(call.Key.AgentId);
        var providers = rows.GroupBy(static row => row.Provider, StringComparer.Ordinal).Select(static group => (Provider: group.Key, Models: group.Count())).ToList();
        if (call.Text.Words is not [var provider, .. var rest])
            return Providers(call, providers, "Providers:");
        var own = rows.Where(row => string.Equals(row.Provider, provider, StringComparison.OrdinalIgnoreCase)).ToList();
        if (own.Count == 0)
            return call.MaxButtonData > 0 ? Providers(call, providers, "No such provider. There are:") : "No such provider.";
        if (call.MaxButtonData > 0)
            return Page(call, own[0].Provider, [.. own.Select(static row => row.Id).Order(StringComparer.Ordinal)], rest is [var asked] ? asked : "1");
        var more = own.Count > MaxListed ? $"\n… and {own.Count - MaxListed} more" : "";
        return $"Models of {own[0].Provider}:\n{string.Join('\n', own.Take(MaxListed).Select(static row => $"- {row.Provider}/{row.Id}"))}{more}";
    }

    private static CommandAnswer Providers(CommandCall call, List<(string Provider, int Models)> providers, string title) => call.MaxButtonData > 0
        ? new CommandAnswer(title) { Buttons = ListButtons.Providers(providers, call.MaxButtonData), IsPage = true }
        : title + "\n" + string.Join('\n', providers.Select(static entry => $"- {entry.Provider} ({entry.Models})")) + "\n/models <provider> lists its models.";

    private CommandAnswer Page(CommandCall call, string provider, List<string> ids, string asked)
    {
        var page = int.TryParse(asked, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, ListButtons.PagesOf(ids.Count)) : 1;
        var current = CurrentOf(call);
        return new CommandAnswer($"Models of {provider} ({ids.Count}); press one to use it here:")
        {
            Buttons = ListButtons.Models(provider, ids, page, current.Provider == provider ? current.Model : null, call.MaxButtonData),
            IsPage = true,
        };
    }

    private ModelRef CurrentOf(CommandCall call) => SessionPatching.ModelOf(call.Session ?? SessionEntry.Empty, models.DefaultFor(call.Key.AgentId));
}
