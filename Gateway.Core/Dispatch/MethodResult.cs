using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>What a method answers: a value, or an error that may come with a payload.</summary>
internal readonly struct MethodResult<T>
{
    public T? Value { get; private init; }

    public ErrorShape? Error { get; private init; }

    /// <summary>True when <see cref="Value"/> accompanies the answer.</summary>
    public bool HasValue { get; private init; }

    public static MethodResult<T> Ok(T value) => new() { Value = value, HasValue = true };

    /// <summary>A failure that carries a payload: <c>ok:false</c> with both.</summary>
    public static MethodResult<T> Failed(ErrorShape error, T payload) => new() { Error = error, Value = payload, HasValue = true };

    public static implicit operator MethodResult<T>(T value) => Ok(value);

    public static implicit operator MethodResult<T>(ErrorShape error) => new() { Error = error };
}
