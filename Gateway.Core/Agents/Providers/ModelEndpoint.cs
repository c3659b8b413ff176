using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Buffers;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Posts a request to a model server and reads its event stream. All failures are <see cref="ModelCallException"/>.</summary>
internal sealed class ModelEndpoint(HttpClient http, ResolvedModel model, TimeProvider time)
{
    /// <summary>Name of the egress client, for the factory.</summary>
    public const string ClientName = "openclaw-models";

    /// <summary>Most bytes of one streamed answer: some hundred times the longest there is.</summary>
    internal const long MaxAnswerBytes = 64 * 1024 * 1024;

    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>The JSON objects of the answer's events, one after another; ends at the stream's end or at <c>[DONE]</c>.</summary>
    /// <param name="path">Path below the model's base address.</param>
    /// <param name="body">Makes the request's body, which is let go of when it is sent: answers take long, and there may be many.</param>
    /// <param name="addHeaders">Adds what the provider wants.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async IAsyncEnumerable<JsonDocument> StreamAsync(
        string path, Func<ReadOnlyMemory<byte>> body, Action<HttpRequestHeaders> addHeaders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(path, body, addHeaders, cancellationToken).ConfigureAwait(false);
        var raw = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var bounded = new BoundedReadStream(raw, MaxAnswerBytes);
        var events = SseParser.Create(bounded, static (_, data) => data.SequenceEqual("[DONE]"u8) ? null : Parse(data)).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events).ConfigureAwait(false) && events.Current.Data is { } document)
                yield return document;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path, Func<ReadOnlyMemory<byte>> body, Action<HttpRequestHeaders> addHeaders, CancellationToken cancellationToken)
    {
        var address = new Uri($"{model.BaseUrl.ToString().TrimEnd('/')}/{path}");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ModelRequestBody(body()) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        addHeaders(request.Headers);
        foreach (var (name, value) in model.Info.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new ModelCallException(ModelFailures.Unreachable(), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own connect timeout.
            throw new ModelCallException(ModelFailures.Unreachable(), e);
        }
        if (response.IsSuccessStatusCode)
        {
            // The response knows its request.
            request.Content = null;
            return response;
        }
        using (response)
            throw new ModelCallException(await ReadFailureAsync(response, cancellationToken).ConfigureAwait(false));
    }

    private async Task<ModelFailure> ReadFailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = "";
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var buffer = new byte[MaxErrorBytes];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            body = Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (IOException)
        {
            // The status alone must do.
        }
        if (model.Key is { } key)
            body = body.Replace(key.Value, key.Masked, StringComparison.Ordinal);
        return ModelFailures.FromStatus(response.StatusCode, body, response.Headers.RetryAfter, time.GetUtcNow());
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<JsonDocument?>> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new ModelCallException(ModelFailures.Terminated(), e);
        }
    }

    /// <exception cref="ModelCallException">The event is no JSON object.</exception>
    internal static JsonDocument Parse(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data))
            data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(data));
        try
        {
            var reader = new Utf8JsonReader(data);
            var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind == JsonValueKind.Object && !reader.Read() && !HasBrokenName(data))
                return document;
            document.Dispose();
        }
        catch (JsonException e)
        {
            throw new ModelCallException(ModelFailures.Malformed(), e);
        }
        throw new ModelCallException(ModelFailures.Malformed());
    }

    /// <summary>The search for a field would stumble over such a name; values are mended where they are read.</summary>
    private static bool HasBrokenName(ReadOnlySpan<byte> data) => data.IndexOf("\\u"u8) >= 0 && JsonText.HasBrokenName(data);
}
