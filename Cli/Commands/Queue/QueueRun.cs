using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Hosting;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Redis;

namespace OpenClaw.Cli.Commands.Queue;

/// <summary>Carries <c>openclaw queue</c> out, on Redis or on the files of a gateway that does not run.</summary>
internal static class QueueRun
{
    private const int PageSize = 1000;

    public static Task<int> ListAsync(CommandContext context, string? redis, bool json, CancellationToken cancellationToken) => WithBusAsync(
        context,
        redis,
        async bus =>
        {
            var letters = new List<(string Queue, DeadLetter Letter)>();
            foreach (var queue in await bus.Queues.ListQueuesAsync(cancellationToken).ConfigureAwait(false))
            {
                string? after = null;
                while (await bus.Queues.ListDeadLettersAsync(queue, PageSize, after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
                {
                    letters.AddRange(page.Select(letter => (queue, letter)));
                    after = page[^1].Id;
                }
            }
            await context.Out.WriteLineAsync(json ? Json(letters) : letters.Count == 0 ? "No message was set aside." : Table(letters, context)).ConfigureAwait(false);
            return 0;
        });

    public static Task<int> ReplayAsync(CommandContext context, string? redis, string queue, string id, CancellationToken cancellationToken) =>
        ChangeAsync(context, redis, bus => bus.Queues.ReplayDeadLetterAsync(queue, id, cancellationToken), $"Message {id} waits in {queue} again.", queue, id);

    public static Task<int> DropAsync(CommandContext context, string? redis, string queue, string id, CancellationToken cancellationToken) =>
        ChangeAsync(context, redis, bus => bus.Queues.DropDeadLetterAsync(queue, id, cancellationToken), $"Message {id} is forgotten.", queue, id);

    private static Task<int> ChangeAsync(CommandContext context, string? redis, Func<IBus, ValueTask<bool>> change, string done, string queue, string id) => WithBusAsync(
        context,
        redis,
        async bus =>
        {
            if (!await change(bus).ConfigureAwait(false))
                return await context.FailAsync($"No message {id} was set aside in {queue}.").ConfigureAwait(false);
            await context.Out.WriteLineAsync(done).ConfigureAwait(false);
            return 0;
        });

    private static async Task<int> WithBusAsync(CommandContext context, string? redis, Func<IBus, Task<int>> work)
    {
        redis ??= context.Environment.Get($"ConnectionStrings__{GatewayBusExtensions.ConnectionName}");
        var services = new ServiceCollection();
        if (redis is { Length: > 0 })
            services.AddRedisBus(bus => bus.Configuration = redis);
        else
            services.AddInProcessBus(bus => bus.StateDirectory = Path.Combine(context.Environment.StateDirectory, "queue"));
        var provider = services.BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            try
            {
                return await work(provider.GetRequiredService<IBus>()).ConfigureAwait(false);
            }
            catch (BusUnavailableException away)
            {
                return await context.FailAsync(away.Message).ConfigureAwait(false);
            }
            catch (ArgumentException wrong)
            {
                // A name that no queue can have, or an address that is none.
                return await context.FailAsync(wrong.Message).ConfigureAwait(false);
            }
        }
    }

    private static string Table(List<(string Queue, DeadLetter Letter)> letters, CommandContext context)
    {
        var table = new TextTable(context.Console.IsTerminal ? context.Console.Width() : 160, "Queue", "ID", "Session", "Set aside", "Tries", "Reason") { FirstToYield = 5 };
        foreach (var (queue, letter) in letters)
            table.Add(queue, letter.Id, SessionOf(letter) ?? letter.Key, letter.SetAsideAt.ToString("u"), $"{letter.Attempts}", letter.Reason);
        return table.ToString().TrimEnd('\n');
    }

    private static string Json(List<(string Queue, DeadLetter Letter)> letters) => new JsonArray([.. letters.Select(static JsonNode (pair) => new JsonObject
    {
        ["queue"] = pair.Queue,
        ["id"] = pair.Letter.Id,
        ["key"] = pair.Letter.Key,
        ["session"] = SessionOf(pair.Letter),
        ["attempts"] = pair.Letter.Attempts,
        ["enqueuedAtMs"] = pair.Letter.EnqueuedAt.ToUnixTimeMilliseconds(),
        ["setAsideAtMs"] = pair.Letter.SetAsideAt.ToUnixTimeMilliseconds(),
        ["reason"] = pair.Letter.Reason,
        ["bytes"] = pair.Letter.Payload.Length,
    })]).ToJsonString();

    /// <summary>The session a message was for; never its text.</summary>
    private static string? SessionOf(DeadLetter letter)
    {
        try
        {
            using var document = JsonDocument.Parse(letter.Payload);
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("sessionKey", out var key) ? key.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
