using System.Text.Json;
using OpenClaw.Gateway.Client.Json;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>The requests that wait for an answer.</summary>
internal sealed class PendingRequests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingRequest> _waiting = new(StringComparer.Ordinal);
    private bool _ended;

    /// <summary>Registers a request before it is sent.</summary>
    /// <returns>A task that ends with the answer, or null when the connection ended first.</returns>
    public Task<GatewayResponse?> Add(string id, GatewayRequestOptions options)
    {
        var request = new PendingRequest(options);
        lock (_gate)
        {
            if (!_ended)
                _waiting.Add(id, request);
            else
                request.Answer.SetResult(null);
        }
        return request.Answer.Task;
    }

    public void Remove(string id)
    {
        lock (_gate)
            _waiting.Remove(id);
    }

    /// <summary>Hands an answer to its request. Answers to nothing, e.g. to a request that timed out, or a second one, are dropped.</summary>
    public void Complete(ServerFrame response)
    {
        PendingRequest? request;
        bool interim;
        lock (_gate)
        {
            if (!_waiting.TryGetValue(response.Id!, out request))
                return;
            interim = request.Options.ExpectFinal && IsAccepted(response.Payload.Span);
            if (!interim)
                _waiting.Remove(response.Id!);
        }
        var answer = new GatewayResponse(response.Ok, response.Payload, response.Error);
        if (interim)
            request.Options.Accepted?.Invoke(answer);
        else
            request.Answer.TrySetResult(answer);
    }

    /// <summary>Ends all requests, and those still to come.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var request in _waiting.Values)
                request.Answer.TrySetResult(null);
            _waiting.Clear();
        }
    }

    private static bool IsAccepted(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return false;
        // The frame was read with this reader already, so the payload is JSON.
        var reader = new Utf8JsonReader(payload, ServerFrame.ReaderOptions);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return false;
        var accepted = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("status"u8))
                accepted = JsonText.String(ref reader) == "accepted";
            else
                reader.Skip();
        }
        return accepted;
    }

    private sealed class PendingRequest(GatewayRequestOptions options)
    {
        public GatewayRequestOptions Options { get; } = options;

        public TaskCompletionSource<GatewayResponse?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
