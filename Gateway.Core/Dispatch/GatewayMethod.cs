using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>Serves one method of the contract.</summary>
internal abstract class GatewayMethod
{
    /// <summary>What the contract says about it.</summary>
    public abstract MethodContract Contract { get; }

    /// <summary>Answers a call. <paramref name="paramsJson"/> is valid only until the first await.</summary>
    public abstract ValueTask<MethodReply> InvokeAsync(MethodContext context, ReadOnlyMemory<byte> paramsJson, CancellationToken cancellationToken);
}

/// <summary>A method with typed params: validation and reading are done here, the rest in <see cref="HandleAsync"/>.</summary>
internal abstract class GatewayMethod<TParams>(MethodContract contract) : GatewayMethod
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = ProtocolLimits.MaxDepth };
    private readonly Lazy<SchemaNode> _schema = new(() => ProtocolJson.SchemaOf<TParams>());

    public sealed override MethodContract Contract { get; } = contract;

    public sealed override ValueTask<MethodReply> InvokeAsync(MethodContext context, ReadOnlyMemory<byte> paramsJson, CancellationToken cancellationToken) =>
        Read(context, paramsJson, out var parameters) is { } error
            ? ValueTask.FromResult(MethodReply.Failed(error))
            : HandleAsync(parameters!, context, cancellationToken);

    /// <summary>What is validated and read, for methods that put params right first.</summary>
    protected virtual JsonElement Prepare(JsonElement parameters) => parameters;

    /// <summary>Does the method's work.</summary>
    protected abstract ValueTask<MethodReply> HandleAsync(TParams parameters, MethodContext context, CancellationToken cancellationToken);

    private protected static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)ProtocolJson.Context.Options.GetTypeInfo(typeof(T));

    private ErrorShape? Read(MethodContext context, ReadOnlyMemory<byte> paramsJson, out TParams? parameters)
    {
        parameters = default;
        // Absent and null both mean no params.
        var json = paramsJson.IsEmpty || paramsJson.Span.SequenceEqual("null"u8) ? "{}"u8.ToArray() : paramsJson;
        try
        {
            using var document = JsonDocument.Parse(json, DocumentOptions);
            var root = Prepare(document.RootElement);
            if (Contract.Validated && SchemaValidator.Validate(_schema.Value, root) is { } errors)
                return ErrorShape.InvalidRequest($"invalid {Contract.Name} params: {errors}");
            context.RawParams = root.Clone();
            // Methods without a schema ignore params that are no object.
            if (!Contract.Validated && root.ValueKind is not JsonValueKind.Object && typeof(TParams) != typeof(JsonElement))
                parameters = JsonSerializer.Deserialize("{}"u8, TypeInfo<TParams>());
            else
                parameters = root.Deserialize(TypeInfo<TParams>());
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // Escapes of half a surrogate pair: legal JSON, but no text.
            return ErrorShape.InvalidRequest($"invalid {Contract.Name} params: at root: must be well-formed Unicode");
        }
    }
}

/// <summary>A method whose result is a type of the contract too.</summary>
internal abstract class GatewayMethod<TParams, TResult>(MethodContract<TParams, TResult> contract) : GatewayMethod<TParams>(contract)
{
    /// <summary>Does the method's work.</summary>
    protected abstract ValueTask<MethodResult<TResult>> RunAsync(TParams parameters, MethodContext context, CancellationToken cancellationToken);

    protected sealed override ValueTask<MethodReply> HandleAsync(TParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var pending = RunAsync(parameters, context, cancellationToken);
        return pending.IsCompletedSuccessfully ? ValueTask.FromResult(Serialize(pending.Result)) : SerializeLaterAsync(pending);
    }

    private static async ValueTask<MethodReply> SerializeLaterAsync(ValueTask<MethodResult<TResult>> pending) => Serialize(await pending.ConfigureAwait(false));

    private static MethodReply Serialize(MethodResult<TResult> result)
    {
        ReadOnlyMemory<byte> payload = result.HasValue ? JsonSerializer.SerializeToUtf8Bytes(result.Value!, TypeInfo<TResult>()) : default;
        return new MethodReply(payload, result.Error);
    }
}
