using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Protocol.Methods;

/// <summary>What the contract says about one method.</summary>
public abstract class MethodContract
{
    private protected MethodContract(string name, Type? paramsType, Type resultType, bool validated)
    {
        var entry = MethodCatalog.Find(name) ?? throw new ArgumentException($"{name} is not in the catalog.", nameof(name));
        Name = entry.Name;
        Scope = entry.Scope;
        ParamsType = paramsType;
        ResultType = resultType;
        Validated = validated;
    }

    /// <summary>Name on the wire.</summary>
    public string Name { get; }

    /// <summary>What a caller must hold.</summary>
    public MethodScope Scope { get; }

    /// <summary>Type of the params.</summary>
    public Type? ParamsType { get; }

    /// <summary>Type of the result.</summary>
    public Type ResultType { get; }

    /// <summary>False for the few methods that the peer does not check against a schema.</summary>
    public bool Validated { get; }
}

/// <summary>A method with typed params and result.</summary>
/// <typeparam name="TParams">Params type, known to the JSON context.</typeparam>
/// <typeparam name="TResult">Result type, known to the JSON context.</typeparam>
public sealed class MethodContract<TParams, TResult> : MethodContract
{
    internal MethodContract(string name, bool validated = true)
        : base(name, typeof(TParams), typeof(TResult), validated)
    {
    }
}
