using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Channels;

/// <summary><c>openclaw channels list</c>: from the configuration alone.</summary>
internal static class ChannelsList
{
    public static async Task<int> RunAsync(CommandContext context, bool json, bool withUsage, CancellationToken cancellation)
    {
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return 1;
        var accounts = KnownChannels.AccountsIn(snapshot);
        var profiles = snapshot.Root.Section("auth").Section("profiles").Children()
            .Select(static profile => (Id: profile.Key, Provider: profile.Value.Text("provider") ?? "", Mode: profile.Value.Text("mode") ?? "")).ToList();
        await context.Out.WriteLineAsync(json ? Json() : TerminalText.Harmless(Text())).ConfigureAwait(false);
        return 0;

        string Json()
        {
            var chat = new JsonObject();
            foreach (var channel in accounts.GroupBy(static account => account.Channel, StringComparer.Ordinal))
                chat[channel.Key] = new JsonArray([.. channel.Select(static JsonNode (account) => account.Id)]);
            var answer = new JsonObject
            {
                ["chat"] = chat,
                ["auth"] = new JsonArray([.. profiles.Select(static JsonNode (profile) => new JsonObject { ["id"] = profile.Id, ["provider"] = profile.Provider, ["type"] = profile.Mode })]),
            };
            if (withUsage)
                answer["usage"] = new JsonObject { ["updatedAt"] = context.Time.GetUtcNow().ToUnixTimeMilliseconds(), ["providers"] = new JsonArray() };
            return JsonText.Indent(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        }

        string Text()
        {
            var text = new StringBuilder("Chat channels:\n");
            foreach (var account in accounts)
                text.Append(CultureInfo.InvariantCulture, $"- {account.Label} {account.Id}: {(account.TokenSource == "none" ? "not configured" : "configured")}, token={account.TokenSource}, {(account.IsEnabled ? "enabled" : "disabled")}\n");
            text.Append("\nAuth providers (OAuth + API keys):\n");
            foreach (var profile in profiles)
                text.Append(CultureInfo.InvariantCulture, $"- {profile.Id} ({profile.Mode})\n");
            if (profiles.Count == 0)
                text.Append("- none\n");
            if (withUsage)
                text.Append("\nUsage: no provider usage available.\n");
            return text.ToString().TrimEnd('\n');
        }
    }
}
