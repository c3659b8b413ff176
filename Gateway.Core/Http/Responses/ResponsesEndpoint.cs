using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Http.Requests;
using OpenClaw.Gateway.Core.Http.Runs;
using OpenClaw.Gateway.Core.Http.Streaming;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Http.Responses;

/// <summary><c>POST /v1/responses</c>: the newer of OpenAI's two ways to ask.</summary>
internal sealed class ResponsesEndpoint(
    ConfigStore configuration, ApiBody bodies, ApiTarget target, ImageParts pictures, FileParts files, SessionStores stores, ApiRuns runs, TimeProvider time) : IApiEndpoint
{
    public const string Path = "/v1/responses";

    /// <summary>The original's.</summary>
    private const long DefaultMaxBodyBytes = 20 << 20;

    public bool Serves(string path) => path == Path;

    public string? DisabledBecause => IsEnabled(configuration.Current) ? null : "This endpoint is off. Set gateway.http.endpoints.responses.enabled to turn it on.";

    public string Methods => HttpMethods.Post;

    public static bool IsEnabled(ConfigSnapshot snapshot) => snapshot.Gateway.HttpEndpoints.Section("responses").Bool("enabled") == true;

    /// <summary>Room for what the files and pictures may be, where that is more.</summary>
    public static long MaxBodyBytes(ConfigSnapshot snapshot) =>
        snapshot.Gateway.HttpEndpoints.Section("responses").Long("maxBodyBytes")
        ?? Math.Max(DefaultMaxBodyBytes, 2 * Math.Max(MediaOptions.Files(snapshot).Limits.MaxBytes, MediaOptions.Images(snapshot).Limits.MaxBytes));

    public async Task HandleAsync(HttpContext context)
    {
        var body = await bodies.ReadAsync(context, MaxBodyBytes(configuration.Current)).ConfigureAwait(false);
        if (body.Error is { } unreadable)
        {
            await ApiAnswers.WriteAsync(context, unreadable).ConfigureAwait(false);
            return;
        }
        var fields = new FieldReader();
        var request = ResponsesRequest.Read(body.Root, fields);
        var (turn, error) = fields.Error is { } wrong ? (null, wrong) : await ToTurnAsync(context, request).ConfigureAwait(false);
        if (turn is null)
        {
            await ApiAnswers.WriteAsync(context, error!).ConfigureAwait(false);
            return;
        }
        var response = new ResponseWriter(ResponseId.New(turn.Session.Value), time.GetUtcNow().ToUnixTimeSeconds(), request);
        var (run, refusal) = await runs.StartAsync(turn, "resp_" + Guid.NewGuid(), context.RequestAborted).ConfigureAwait(false);
        if (run is null)
        {
            await ApiAnswers.WriteAsync(context, refusal!).ConfigureAwait(false);
            return;
        }
        using (run)
        {
            if (request.Stream)
                await StreamAsync(context, run, turn, response).ConfigureAwait(false);
            else
                await AnswerAsync(context, run, turn, response).ConfigureAwait(false);
        }
    }

    private async Task<(ApiTurn? Turn, ApiError? Error)> ToTurnAsync(HttpContext context, ResponsesRequest request)
    {
        var (key, unknown) = await FindSessionAsync(context.Request, request, context.RequestAborted).ConfigureAwait(false);
        if (unknown is not null)
            return (null, unknown);
        if (request.Input.Files.Count > MediaOptions.MaxParts)
            return (null, ApiError.Invalid($"at most {MediaOptions.MaxParts} files are taken", "input"));
        var (entries, badPicture) = await WithPicturesAsync(request.Input.Messages, context.RequestAborted).ConfigureAwait(false);
        if (badPicture is not null)
            return (null, badPicture);
        if (ClientConversation.Of(entries) is not { } conversation)
            return (null, ApiError.Invalid("Missing user message in `input`.", "input"));
        var system = new List<string>();
        if (request.Instructions is { Length: > 0 } instructions)
            system.Add(instructions);
        system.AddRange(request.Input.System);
        foreach (var file in request.Input.Files)
        {
            var (block, wrong) = await files.ReadAsync(file, context.RequestAborted).ConfigureAwait(false);
            if (block is null)
                return (null, ApiError.Invalid(wrong!, file.Path));
            system.Add(block);
        }
        return (new ApiTurn
        {
            Session = key,
            Conversation = conversation,
            ExtraSystemPrompt = system.Count > 0 ? string.Join("\n\n", system) : null,
            Tools = request.Tools,
            Sampling = request.Sampling,
            Thinking = request.Thinking,
        }, null);
    }

    private async Task<(SessionKey Key, ApiError? Error)> FindSessionAsync(HttpRequest http, ResponsesRequest request, CancellationToken cancellationToken)
    {
        if (request.PreviousResponseId is not { } previous)
            return target.Find(http, request.Model, request.User, "openresponses");
        if (target.AgentOf(request.Model) is null)
            return (default, ApiTarget.UnknownAgent(request.Model));
        if (ResponseId.SessionOf(previous) is not { } named)
            return (default, NoPrevious(previous));
        var (key, refusal) = target.Named(named, "previous_response_id");
        if (refusal is not null)
            return (default, refusal with { Param = "previous_response_id" });
        return await stores.FindAsync(key, cancellationToken).ConfigureAwait(false) is null ? (default, NoPrevious(previous)) : (key, null);
    }

    private static ApiError NoPrevious(string previous) =>
        new(StatusCodes.Status404NotFound, ApiError.InvalidRequest, $"There is no response '{previous}' to go on from.") { Param = "previous_response_id", Code = "previous_response_not_found" };

    private async Task<(List<ClientEntry> Entries, ApiError? Error)> WithPicturesAsync(IReadOnlyList<InputMessage> messages, CancellationToken cancellationToken)
    {
        var addresses = messages.SelectMany(static message => message.Pictures).Where(static picture => picture.Url is not null).Select(static picture => (picture.Url!, picture.Path)).ToList();
        if (messages.Sum(static message => message.Pictures.Count) > MediaOptions.MaxParts)
            return ([], ApiError.Invalid($"at most {MediaOptions.MaxParts} pictures are taken", "input"));
        var (fetched, error) = await pictures.GetAsync(addresses, cancellationToken).ConfigureAwait(false);
        if (error is not null)
            return ([], error);
        var left = new Queue<ImageBlock>(fetched);
        var entries = new List<ClientEntry>();
        foreach (var message in messages)
        {
            var images = new List<ImageBlock>();
            foreach (var picture in message.Pictures)
            {
                var (image, wrong) = picture.Data is { } data ? pictures.Decode(data) : (left.Dequeue(), null);
                if (image is null)
                    return ([], ApiError.Invalid(wrong!, picture.Path));
                images.Add(image);
            }
            entries.Add(message.Entry with { Images = images });
        }
        return (entries, null);
    }

    private static async Task AnswerAsync(HttpContext context, ApiRun run, ApiTurn turn, ResponseWriter response)
    {
        var result = await run.Completion.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        if (RunFailures.Of(result, turn.Tools) is { } failure)
        {
            await FailAsync(context, response, failure).ConfigureAwait(false);
            return;
        }
        var text = RunFailures.TextOf(result);
        await ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, json => response.WriteFinished(
            json, result, text.Length > 0 ? text : result.ClientCalls.Count > 0 ? null : RunFailures.NoAnswer)).ConfigureAwait(false);
    }

    private static Task FailAsync(HttpContext context, ResponseWriter response, ApiError failure)
    {
        ApiAnswers.Announce(context, failure);
        return ApiAnswers.WriteAsync(context, failure.Status, json => response.WriteFailed(json, failure));
    }

    private static async Task StreamAsync(HttpContext context, ApiRun run, ApiTurn turn, ResponseWriter response)
    {
        EventStream? stream = null;
        ResponseEvents? events = null;
        try
        {
            while (await run.Feed.Items.WaitToReadAsync(context.RequestAborted).ConfigureAwait(false))
            {
                Begin();
                while (run.Feed.Items.TryRead(out var item))
                {
                    if (item.Text is { } text)
                        events!.AddText(text);
                    else
                        stream!.WriteKeepAlive();
                }
                await stream!.FlushAsync().ConfigureAwait(false);
            }
            var result = await run.Completion.WaitAsync(context.RequestAborted).ConfigureAwait(false);
            var failure = RunFailures.Of(result, turn.Tools);
            if (events is null && failure is not null)
            {
                // Nothing was said yet, so the failure can have a status of its own.
                await FailAsync(context, response, failure).ConfigureAwait(false);
                return;
            }
            Begin();
            if (failure is not null)
                events!.Fail(failure);
            else
                events!.Finish(result);
            await stream!.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            stream?.Dispose();
        }

        void Begin()
        {
            if (events is not null)
                return;
            stream = EventStream.Start(context);
            events = new ResponseEvents(stream, response);
            events.Begin();
        }
    }
}
