"""What is allowed in a statement. Whatever is on none of these lists is refused."""

from __future__ import annotations

from sqlglot import exp


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _classes(text: str) -> frozenset[type[exp.Expr]]:
    """The classes of these names that this release of sqlglot has."""
    return frozenset(getattr(exp, name) for name in _names(text) if hasattr(exp, name))


SYNTAX = _classes("""
    Select From Join Where Group Having Order Ordered Limit Offset Table TableAlias Alias Column Identifier
    Literal Star Subquery With CTE Union Intersect Except Distinct Paren And Or Not EQ NEQ GT GTE LT LTE
    NullSafeEQ NullSafeNEQ In Between Like Is Null Boolean Case If Add Sub Mul Div Mod IntDiv Neg Cast
    DataType DataTypeParam Interval Var Window WindowSpec Tuple Exists Rollup Xor
""")
FUNCTIONS = _classes("""
    Sum Count Avg GroupConcat NumberToStr SubstringIndex Pi Min Max Stddev StddevPop StddevSamp Variance
    VariancePop Coalesce Nullif Round Abs Floor Ceil Least Greatest Year Month Day Quarter Week WeekOfYear
    DayOfWeek DayOfMonth DayOfYear DateAdd DateSub DateDiff DateTrunc StrToDate TimeToStr Date TsOrDsToDate
    TsOrDsAdd TsOrDsDiff TsOrDsToTimestamp TsOrDsToDateStr Concat ConcatWs Lower Upper Length Substring Left
    Right Trim RowNumber Rank DenseRank Lag Lead FirstValue LastValue Ntile PercentRank CumeDist Extract
    LastDay Dayname Monthname Sqrt Pow Ln Exp Sign TimestampTrunc IsNull CurrentDate TimestampDiff Log
    StrPosition Trunc Replace
""")
# Functions that the parser has no class for.
NAMED_FUNCTIONS = _names("""
    weekday dayname monthname makedate stddev_samp stddev_pop stddev var_samp var_pop variance rank dense_rank
    row_number percent_rank cume_dist ntile lag lead first_value last_value date_format str_to_date year month
    day quarter week weekofyear yearweek dayofweek dayofmonth dayofyear truncate round ceil ceiling floor abs
    mod power pow sqrt field if ifnull nullif coalesce least greatest datediff timestampdiff last_day concat
    lower upper length char_length substring substr left right trim replace to_days adddate subdate pi median log2 log10
""")
CASTS = frozenset(
    exp.DataType.Type[name]
    for name in _names("DATE DATETIME DOUBLE FLOAT DECIMAL INT BIGINT UINT UBIGINT CHAR VARCHAR TEXT")
)
# Parts of SELECT, and of a table in FROM, that are refused.
NOT_OF_SELECT = _names("""
    into locks hint kind operation_modifiers sample settings laterals match connect windows prewhere qualify
    cluster distribute sort format options pivots
""")
NOT_OF_TABLE = _names("""
    hints partition version when sample joins pivots system_time ordinality pattern only rows_from changes
""")
