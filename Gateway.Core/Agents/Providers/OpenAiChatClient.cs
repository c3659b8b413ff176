using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Chat completions of OpenAI and the many servers that speak like it.</summary>
internal sealed class OpenAiChatClient(HttpClient http, ResolvedModel model, TimeProvider time) : IChatClient
{
    private readonly ModelEndpoint _endpoint = new(http, model, time);
    private readonly EffectiveCompat _compat = EffectiveCompat.Of(model);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reader = new OpenAiStreamReader();
        await foreach (var document in _endpoint.StreamAsync("chat/completions", () => OpenAiRequest.Write(model, _compat, messages, options), Authorize, cancellationToken).ConfigureAwait(false))
        {
            using (document)
            {
                foreach (var update in reader.Read(document.RootElement))
                    yield return update;
            }
        }
        foreach (var update in reader.Finish())
            yield return update;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The connections belong to the factory.
    }

    private void Authorize(HttpRequestHeaders headers)
    {
        if (model.Key is { } key)
            headers.TryAddWithoutValidation("Authorization", $"Bearer {key.Value}");
    }
}
