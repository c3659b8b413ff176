using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Protocol.Methods;

/// <summary>What the contract says about one method.</summary>
public abstract class MethodContract
{
    private protected MethodContract(string name, Type paramsType, Type resultType, bool validated, Type? acceptedType)
    {
        var entry = MethodCatalog.Find(name) ?? throw new ArgumentException($"{name} is not in the catalog.", nameof(name));
        Name = entry.Name;
        Scope = entry.Scope;
        ParamsType = paramsType;
        ResultType = resultType;
        Validated = validated;
        AcceptedType = acceptedType;
    }

    /// <summary>Name on the wire.</summary>
    public string Name { get; }

    /// <summary>What a caller must hold.</summary>
    public MethodScope Scope { get; }

    /// <summary>Type of the params.</summary>
    public Type ParamsType { get; }

    /// <summary>Type of the result.</summary>
    public Type ResultType { get; }

    /// <summary>Type of the answer that precedes the result of a method that answers twice, or null.</summary>
    public Type? AcceptedType { get; }

    /// <summary>False for the few methods that the peer does not check against a schema.</summary>
    public bool Validated { get; }
}

/// <summary>A method with typed params and result.</summary>
/// <typeparam name="TParams">Params type, known to the JSON context.</typeparam>
/// <typeparam name="TResult">Result type, known to the JSON context.</typeparam>
public sealed class MethodContract<TParams, TResult> : MethodContract
{
    internal MethodContract(string name, bool validated = true, Type? acceptedType = null)
        : base(name, typeof(TParams), typeof(TResult), validated, acceptedType)
    {
    }
}
