using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Accounts;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>
/// Calls of the Bot API for one account. Every failure is an answer and says whether anything can have been done; nothing of what is said holds the
/// token, which the API has in its addresses.
/// </summary>
internal sealed class BotApi : IDisposable
{
    /// <summary>Largest answer that is read: a full batch of updates is far less.</summary>
    private const int MaxAnswer = 32 << 20;

    private readonly HttpMessageInvoker _http;
    private readonly HttpMessageInvoker _polls;
    private readonly TimeProvider _time;
    private readonly string _methods;
    private readonly string _files;
    private readonly string _host;

    /// <param name="account">Token, address and proxy.</param>
    /// <param name="time">Clock.</param>
    /// <param name="closePatience">How long the other side may take to close the connection of a poll that was given up.</param>
    public BotApi(TelegramAccount account, TimeProvider time, TimeSpan closePatience)
    {
        _time = time;
        // No HttpClient: that and its factory tell loggers and traces the address.
        _http = new HttpMessageInvoker(ApiHandler.Create(account.Proxy), disposeHandler: true);
        // Connections of their own: what hangs there holds up no message, and their end is awaited.
        _polls = new HttpMessageInvoker(
            ApiHandler.Create(account.Proxy, async (context, cancellationToken) => new LingeringStream(await AddressRace.ConnectSocketAsync(context, cancellationToken).ConfigureAwait(false), closePatience, time)),
            disposeHandler: true);
        var root = account.ApiRoot.TrimEnd('/');
        _methods = $"{root}/bot{account.Token}/";
        _files = $"{root}/file/bot{account.Token}/";
        _host = new Uri(root).Authority;
    }

    /// <summary>Calls a method.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    public Task<BotAnswer<TResult>> CallAsync<TRequest, TResult>(string method, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, TypeOf<TRequest>()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync<TResult>(_http, method, content, timeout, cancellationToken);
    }

    /// <summary>Asks for updates. When this returns without an answer, the API has been told that nobody waits for one any more.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    public Task<BotAnswer<JsonElement>> PollAsync(GetUpdatesRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, BotJsonContext.Default.GetUpdatesRequest));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync<JsonElement>(_polls, "getUpdates", content, timeout, cancellationToken);
    }

    /// <summary>Calls a method with a file.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    public Task<BotAnswer<TResult>> UploadAsync<TResult>(string method, ChatRequest request, string part, OutboundMedia media, Stream file, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync<TResult>(_http, method, UploadForm.Create(request, part, media, file), timeout, cancellationToken);

    /// <summary>Fetches a file.</summary>
    /// <param name="path">As getFile says.</param>
    /// <param name="destination">Takes the bytes; of a failure some may be there.</param>
    /// <param name="limit">Most bytes.</param>
    /// <param name="timeout">For all of it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<BotAnswer<bool>> DownloadAsync(string path, Stream destination, long limit, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _files + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.StatusCode is not HttpStatusCode.OK)
                return new(BotOutcome.Refused) { Code = (int)response.StatusCode, Error = $"HTTP {(int)response.StatusCode}" };
            if (response.Content.Headers.ContentLength > limit)
                return new(BotOutcome.Refused) { Code = 413, Error = "larger than allowed" };
            return await CopyAsync(response.Content, destination, limit, either.Token).ConfigureAwait(false)
                ? new(BotOutcome.Ok) { Result = true }
                : new(BotOutcome.Refused) { Code = 413, Error = "larger than allowed" };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(BotOutcome.Unknown) { Error = $"no answer in {timeout.TotalSeconds:0} s" };
        }
        catch (HttpRequestException exception)
        {
            return new(BotOutcome.Unknown) { Error = Describe(exception) };
        }
        catch (HttpIOException)
        {
            return new(BotOutcome.Unknown) { Error = "the connection broke" };
        }
    }

    /// <returns>False when there is more than allowed.</returns>
    private static async Task<bool> CopyAsync(HttpContent content, Stream destination, long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 << 10];
        var source = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            for (var copied = 0L; await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0;)
            {
                if ((copied += read) > limit)
                    return false;
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        return true;
    }

    public void Dispose()
    {
        _http.Dispose();
        _polls.Dispose();
    }

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)BotJsonContext.Default.GetTypeInfo(typeof(T))!;

    private async Task<BotAnswer<T>> SendAsync<T>(HttpMessageInvoker http, string method, HttpContent content, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var tracked = new TrackedContent(content);
        using var request = new HttpRequestMessage(HttpMethod.Post, _methods + method) { Content = tracked };
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            var body = await AnswerBody.ReadAsync(response.Content, MaxAnswer, either.Token).ConfigureAwait(false);
            return AnswerReader.Read(response, body, TypeOf<T>());
        }
        catch (OperationCanceledException)
        {
            if (!tracked.HasStarted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return new(BotOutcome.NotSent) { Error = $"no connection to {_host} in {timeout.TotalSeconds:0} s" };
            }
            return new(BotOutcome.Unknown) { Error = cancellationToken.IsCancellationRequested ? "cancelled" : $"no answer from {_host} in {timeout.TotalSeconds:0} s", IsTimeout = !cancellationToken.IsCancellationRequested };
        }
        catch (HttpRequestException exception)
        {
            return tracked.HasStarted
                ? new(BotOutcome.Unknown) { Error = $"the connection to {_host} broke ({Describe(exception)})" }
                : new(BotOutcome.NotSent) { Error = $"no connection to {_host} ({Describe(exception)})" };
        }
    }

    /// <summary>Messages of exceptions can hold the address of a proxy with its password; the kind of error says enough.</summary>
    private static string Describe(HttpRequestException exception) =>
        exception.GetBaseException() is System.Net.Sockets.SocketException socket ? socket.SocketErrorCode.ToString() : exception.HttpRequestError.ToString();
}
