using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Http.Requests;
using OpenClaw.Gateway.Core.Http.Runs;
using OpenClaw.Gateway.Core.Http.Streaming;

namespace OpenClaw.Gateway.Core.Http.ChatCompletions;

/// <summary><c>POST /v1/chat/completions</c>: any program that speaks OpenAI's chat API talks to an agent.</summary>
internal sealed class ChatCompletionsEndpoint(ConfigStore configuration, ApiBody bodies, ApiTarget target, ImageParts pictures, ApiRuns runs, TimeProvider time) : IApiEndpoint
{
    public const string Path = "/v1/chat/completions";

    /// <summary>The original's 1 MiB leaves no room for pictures, which it drops; this is what its newer releases take.</summary>
    public const long DefaultMaxBodyBytes = 20 << 20;

    public bool Serves(string path) => path == Path;

    public string? DisabledBecause => IsEnabled(configuration.Current) ? null : "This endpoint is off. Set gateway.http.endpoints.chatCompletions.enabled to turn it on.";

    public string Methods => HttpMethods.Post;

    public static bool IsEnabled(ConfigSnapshot snapshot) => snapshot.Gateway.HttpEndpoints.Section("chatCompletions").Bool("enabled") == true;

    public static long MaxBodyBytes(ConfigSnapshot snapshot) => snapshot.Gateway.HttpEndpoints.Section("chatCompletions").Long("maxBodyBytes") ?? DefaultMaxBodyBytes;

    public async Task HandleAsync(HttpContext context)
    {
        var body = await bodies.ReadAsync(context, MaxBodyBytes(configuration.Current)).ConfigureAwait(false);
        if (body.Error is { } unreadable)
        {
            await ApiAnswers.WriteAsync(context, unreadable).ConfigureAwait(false);
            return;
        }
        var fields = new FieldReader();
        var request = ChatRequest.Read(body.Root, fields);
        var (turn, error) = fields.Error is { } wrong ? (null, wrong) : await ToTurnAsync(context, request).ConfigureAwait(false);
        var answer = new ChatCompletionWriter("chatcmpl_" + Guid.NewGuid(), time.GetUtcNow().ToUnixTimeSeconds(), request.Model ?? ApiTarget.DefaultModel) { HasUsageChunk = request.IncludeUsage };
        var (run, refusal) = turn is null ? (null, error) : await runs.StartAsync(turn, answer.Id, context.RequestAborted).ConfigureAwait(false);
        if (run is null)
        {
            await ApiAnswers.WriteAsync(context, refusal!).ConfigureAwait(false);
            return;
        }
        using (run)
        {
            if (request.Stream)
                await StreamAsync(context, run, turn!, answer).ConfigureAwait(false);
            else
                await AnswerAsync(context, run, turn!, answer).ConfigureAwait(false);
        }
    }

    private async Task<(ApiTurn? Turn, ApiError? Error)> ToTurnAsync(HttpContext context, ChatRequest request)
    {
        var (key, unknown) = target.Find(context.Request, request.Model, request.User, "openai");
        if (unknown is not null)
            return (null, unknown);
        var (images, bad) = await pictures.GetAsync([.. request.Messages.SelectMany(static message => message.ImageUrls)], context.RequestAborted).ConfigureAwait(false);
        if (bad is not null)
            return (null, bad);
        var left = new Queue<Agents.Messages.ImageBlock>(images);
        var entries = new List<ClientEntry>();
        foreach (var message in request.Messages.Where(static message => message.Role != "system"))
        {
            entries.Add(new ClientEntry(RoleOf(message.Role), message.Text)
            {
                Images = [.. message.ImageUrls.Select(_ => left.Dequeue())],
                Calls = message.Calls,
                CallId = message.CallId,
                ToolName = message.Name,
            });
        }
        if (ClientConversation.Of(entries) is not { } conversation)
            return (null, ApiError.Invalid("Missing user message in `messages`.", "messages"));
        var system = string.Join("\n\n", request.Messages.Where(static message => message.Role == "system" && message.Text.Length > 0).Select(static message => message.Text));
        return (new ApiTurn
        {
            Session = key,
            Conversation = conversation,
            ExtraSystemPrompt = system.Length > 0 ? system : null,
            Tools = request.Tools,
            Sampling = request.Sampling,
            Thinking = request.Thinking,
        }, null);
    }

    private static ClientRole RoleOf(string role) => role switch { "user" => ClientRole.User, "assistant" => ClientRole.Assistant, _ => ClientRole.Tool };

    private static async Task AnswerAsync(HttpContext context, ApiRun run, ApiTurn turn, ChatCompletionWriter answer)
    {
        var result = await run.Completion.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        if (RunFailures.Of(result, turn.Tools) is { } failure)
            await ApiAnswers.WriteAsync(context, failure).ConfigureAwait(false);
        else
            await ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, json => answer.WriteWhole(json, result)).ConfigureAwait(false);
    }

    private static async Task StreamAsync(HttpContext context, ApiRun run, ApiTurn turn, ChatCompletionWriter answer)
    {
        EventStream? stream = null;
        var hasText = false;
        try
        {
            while (await run.Feed.Items.WaitToReadAsync(context.RequestAborted).ConfigureAwait(false))
            {
                if (stream is null)
                {
                    stream = EventStream.Start(context);
                    stream.Write(null, answer.WriteRole);
                }
                while (run.Feed.Items.TryRead(out var item))
                {
                    hasText |= item.Text is not null;
                    if (item.Text is { } text)
                        stream.Write(null, (answer, text), static (json, chunk) => chunk.answer.WriteText(json, chunk.text));
                    else
                        stream.WriteKeepAlive();
                }
                await stream.FlushAsync().ConfigureAwait(false);
            }
            var result = await run.Completion.WaitAsync(context.RequestAborted).ConfigureAwait(false);
            var failure = RunFailures.Of(result, turn.Tools);
            if (stream is null && failure is not null)
            {
                // Nothing was said yet, so the failure can have a status of its own.
                await ApiAnswers.WriteAsync(context, failure).ConfigureAwait(false);
                return;
            }
            if (stream is null)
            {
                stream = EventStream.Start(context);
                stream.Write(null, answer.WriteRole);
            }
            Finish(stream, answer, result, failure, hasText);
            await stream.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private static void Finish(EventStream stream, ChatCompletionWriter answer, RunResult result, ApiError? failure, bool hasText)
    {
        if (failure is not null)
        {
            stream.Write(null, json => ApiAnswers.WriteError(json, failure));
        }
        else
        {
            if (!hasText && result.ClientCalls.Count == 0)
                stream.Write(null, json => answer.WriteText(json, RunFailures.TextOf(result) is { Length: > 0 } text ? text : RunFailures.NoAnswer));
            for (var i = 0; i < result.ClientCalls.Count; i++)
            {
                var index = i;
                stream.Write(null, json => answer.WriteCall(json, index, result.ClientCalls[index]));
            }
            stream.Write(null, json => answer.WriteStop(json, result));
            if (answer.HasUsageChunk)
                stream.Write(null, json => answer.WriteUsageChunk(json, result.Usage));
        }
        stream.WriteDone();
    }
}
