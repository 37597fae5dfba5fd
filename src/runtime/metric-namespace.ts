/**
 * The namespace of the metrics that the functions write into their logs; the alarms and dashboards of the
 * stack read them by it.
 */
export const metricNamespace = 'MskSalesforceSink';
