using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Answers while no model is configured: says so, says how to configure one, and repeats the message.</summary>
internal sealed class OfflineChatClient : IChatClient
{
    private const string Advice =
        "No model is configured yet, so I can only repeat what you write; set an API key with `openclaw config set env.vars.ANTHROPIC_API_KEY <key>` "
        + "(or OPENAI_API_KEY, OPENROUTER_API_KEY, …), or use a local Ollama model with `openclaw config set models.providers.ollama "
        + "'{\"baseUrl\":\"http://127.0.0.1:11434/v1\",\"api\":\"openai-completions\",\"models\":[{\"id\":\"llama3.2\",\"name\":\"Llama 3.2\"}]}'`.";

    /// <summary>Longest repetition, in characters.</summary>
    private const int MaxEchoChars = 4000;

    private const int ChunkWords = 4;

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = messages.LastOrDefault(static message => message.Role == ChatRole.User)?.Text ?? "";
        last = Sessions.Transcripts.EnvelopeText.Strip(last);
        var echo = last.Length <= MaxEchoChars ? last : last[..MaxEchoChars] + "…";
        foreach (var chunk in Chunks($"{Advice}\n\nYou wrote: {echo}"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextContent(chunk)]);
            // A real model's pieces arrive one by one as well.
            await Task.Yield();
        }
        yield return new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = ChatFinishReason.Stop };
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Nothing is held.
    }

    private static IEnumerable<string> Chunks(string text)
    {
        var start = 0;
        var words = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != ' ' || ++words % ChunkWords != 0)
                continue;
            yield return text[start..(i + 1)];
            start = i + 1;
        }
        if (start < text.Length)
            yield return text[start..];
    }
}
